package io.kontor.platform.admin.internal.risk;

import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.SharedKey;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes what is shown of cases. */
final class CaseReading {

    private static final int RELATED = 30;

    private final Transactions transactions;

    CaseReading(Transactions transactions) {
        this.transactions = transactions;
    }

    List<CaseRow> rows(Visit visit, List<RiskDesk.Case> cases) {
        Map<String, LabelledTransaction> recorded = transactions.find(visit.store().id(),
                cases.stream().map(RiskDesk.Case::transaction).toList());
        return cases.stream().map(each -> row(visit, each, recorded.get(each.transaction()))).toList();
    }

    private static CaseRow row(Visit visit, RiskDesk.Case one, LabelledTransaction recorded) {
        Transaction known = recorded == null ? null : recorded.transaction();
        String label = one.label().orElse("");
        return new CaseRow(visit.storeUrl("risk", "cases", Long.toString(one.id())), one.transaction(),
                known == null ? "–" : amount(visit, known), known == null ? "" : known.customerId(), visit.format().number(one.score(), 3),
                RiskPages.mainReason(ReasonLine.read(one.reasons())),
                visit.format().time(one.openedAt()), label.isEmpty() ? "" : visit.text("risk.label." + label), tone(label), label.isEmpty());
    }

    static String tone(String label) {
        return label.equals("fraud") ? "bad" : label.equals("legitimate") ? "good" : "";
    }

    static String amount(Visit visit, Transaction transaction) {
        boolean own = transaction.currency().isEmpty() || transaction.currency().equals(visit.store().currency().getCurrencyCode());
        return own ? visit.format().money(transaction.amount())
                : visit.format().number(transaction.amount(), 2) + "\u00a0" + transaction.currency();
    }

    CaseView view(Visit visit, RiskDesk.Case one, String fault) {
        String store = visit.store().id();
        LabelledTransaction recorded = transactions.find(store, List.of(one.transaction())).get(one.transaction());
        List<Fact> facts = recorded == null ? List.of() : facts(visit, recorded.transaction());
        return new CaseView(row(visit, one, recorded), facts, ReasonLine.of(visit, ReasonLine.read(one.reasons())),
                recorded == null ? List.of() : related(visit, recorded.transaction()),
                one.closedAt().map(time -> visit.text("risk.case.closed", visit.format().time(time), one.source().orElse("–"))).orElse(""),
                visit.storeUrl("decisions", one.requestId()), visit.may(Role.OPERATOR), fault);
    }

    private static List<Fact> facts(Visit visit, Transaction transaction) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(visit.text("decisions.time"), visit.format().time(transaction.time())));
        facts.add(new Fact(visit.text("risk.amount"), amount(visit, transaction)));
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("orderId", transaction.orderId());
        texts.put("customerId", transaction.customerId());
        texts.put("method", transaction.method());
        texts.put("country", transaction.country());
        texts.put("billingCountry", transaction.billingCountry());
        texts.put("ip", transaction.ip());
        texts.put("device", transaction.device());
        texts.put("emailHash", transaction.emailHash());
        texts.put("cardHash", transaction.cardHash());
        texts.forEach((name, value) -> {
            if (!value.isEmpty()) {
                String label = visit.text("families.field." + name);
                facts.add(new Fact(label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1), value));
            }
        });
        new TreeMap<>(transaction.attributes()).forEach((name, value) -> facts.add(new Fact(name,
                value instanceof Number number ? visit.format().number(number.doubleValue(), 4) : value.toString())));
        return facts;
    }

    /** Earlier transactions that have something in common, the latest first. */
    private List<CaseView.Related> related(Visit visit, Transaction transaction) {
        String store = visit.store().id();
        List<Transaction> before = transactions.recent(store).previous(transaction);
        List<Transaction> shown = before.subList(0, Math.min(RELATED, before.size()));
        Map<String, LabelledTransaction> recorded = transactions.find(store, shown.stream().map(Transaction::id).toList());
        return shown.stream().map(each -> {
            LabelledTransaction known = recorded.get(each.id());
            String label = known == null || known.label() == LabelledTransaction.Label.UNKNOWN ? ""
                    : known.label().name().toLowerCase(Locale.ROOT);
            String shared = Arrays.stream(SharedKey.values()).filter(key -> !key.in(each).isEmpty() && key.in(each).equals(key.in(transaction)))
                    .map(key -> visit.text("families.field." + key.field())).collect(Collectors.joining(visit.text("decisions.comma")));
            return new CaseView.Related(each.id(), visit.format().time(each.time()), amount(visit, each), shared,
                    label.isEmpty() ? "" : visit.text("risk.label." + label), tone(label));
        }).toList();
    }
}
