package io.kontor.platform.decisions.internal;

import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Requests about transactions in which customers have other names. */
final class RenamedCustomers {

    private RenamedCustomers() {
    }

    static RiskRequest in(RiskRequest request, UnaryOperator<String> name) {
        List<Transaction> previous = new ArrayList<>(request.previous().size());
        for (Transaction earlier : request.previous()) {
            previous.add(in(earlier, name));
        }
        return new RiskRequest(in(request.transaction(), name), previous);
    }

    private static Transaction in(Transaction transaction, UnaryOperator<String> name) {
        return transaction.customerId().isEmpty() ? transaction : new Transaction(transaction.id(), transaction.time(), transaction.amount(),
                transaction.orderId(), name.apply(transaction.customerId()), transaction.currency(), transaction.method(),
                transaction.country(), transaction.billingCountry(), transaction.ip(), transaction.device(), transaction.emailHash(),
                transaction.cardHash(), transaction.attributes());
    }
}
