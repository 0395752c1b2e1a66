package io.kontor.api.risk;

import java.util.List;
import java.util.Objects;

/**
 * A transaction with what came before it. Customers have the pseudonyms that snapshots give them. Immutable.
 *
 * @param transaction the transaction to judge
 * @param previous earlier transactions that share its customer, card, device, e-mail or address, newest first, as far as known;
 *     each once, at most 1,000. Windowed counts are made from them; {@link RecentTransactions} finds them
 */
public record RiskRequest(Transaction transaction, List<Transaction> previous) {

    /** Copies the list. */
    public RiskRequest {
        Objects.requireNonNull(transaction, "transaction");
        previous = List.copyOf(previous);
    }
}
