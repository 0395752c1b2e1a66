package io.kontor.platform.admin.internal.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.LabelledTransaction.Label;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Cases are shown with what came before them, and labelled. */
class CasePagesTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final String ONE = "/stores/{store}/risk/cases/{case}";

    private final List<RiskDesk.Label> labels = new ArrayList<>();
    private final RecentTransactions recent = new RecentTransactions();
    private final Map<String, LabelledTransaction> recorded = List.of(transaction("t1", 0, "card"), transaction("t2", 60, "card"),
            transaction("t3", 120, "other")).stream().collect(Collectors.toMap(Transaction::id, each -> new LabelledTransaction(each,
            each.id().equals("t1") ? Label.FRAUD : Label.UNKNOWN, each.time())));
    private boolean known = true;
    private final Transactions transactions = Stub.of(Transactions.class, Map.of("recent", store -> recent,
            "find", given -> recorded.entrySet().stream().filter(each -> ((Collection<?>) given[1]).contains(each.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    private final RiskDesk desk = Stub.of(RiskDesk.class, Map.of("cases", given -> (Long) given[2] > 7 ? List.of(new RiskDesk.Case(7, "t2", "r1",
            0.71, List.of(Map.of("code", "x", "text", "A new device.", "weight", 0.5)), NOON, Optional.empty(), Optional.empty(),
            Optional.empty())) : List.of(), "label", given -> {
                ((List<?>) given[1]).forEach(each -> labels.add((RiskDesk.Label) each));
                return new boolean[] {known};
            }));
    private final CasePages pages = new CasePages(desk, transactions);

    CasePagesTest() {
        recorded.values().forEach(each -> recent.add(each.transaction()));
    }

    private static Transaction transaction(String id, long minute, String card) {
        return new Transaction(id, NOON.plusSeconds(60 * minute), 25.5, "", "ann", "", "card", "DE", "", "", "", "", card, Map.of("items", 2.0));
    }

    @Test
    void showsTheTransactionItsReasonsAndWhatCameBefore() throws IOException {
        CaseView view = Called.view(Called.page(pages, Role.ANALYST, "GET", ONE, Map.of("case", "7")), 200, CaseView.class);
        assertEquals("€25.50", view.row().amount());
        assertEquals("0.71", view.row().score());
        assertEquals("A new device.", view.reasons().get(0).text());
        assertEquals(1, view.related().size(), "only what came before");
        assertEquals("t1 customer, card Fraud", view.related().get(0).id() + " " + view.related().get(0).shared() + " "
                + view.related().get(0).label());
        assertEquals(false, view.may());
    }

    @Test
    void anOperatorLabelsUnderTheirName() throws IOException {
        Answer answer = Called.page(pages, Role.OPERATOR, "POST", ONE, Map.of("case", "7"), "label", "fraud", "back", "risk");
        assertEquals(new Answer.Redirect("/stores/shop/risk#cases"), answer);
        assertEquals("t2 FRAUD ann", labels.get(0).labelling().transaction() + " " + labels.get(0).labelling().label() + " "
                + labels.get(0).source());
        assertThrows(Refusal.class, () -> Called.page(pages, Role.OPERATOR, "POST", ONE, Map.of("case", "7"), "label", "unknown"));
        assertThrows(Refusal.class, () -> Called.page(pages, Role.OPERATOR, "POST", ONE, Map.of("case", "6"), "label", "fraud"));
        assertEquals(1, labels.size());
    }

    @Test
    void saysWhenTheTransactionIsNoLongerRecorded() throws IOException {
        known = false;
        CaseView view = Called.view(Called.page(pages, Role.OPERATOR, "POST", ONE, Map.of("case", "7"), "label", "fraud"), 409, CaseView.class);
        assertEquals("The transaction is no longer recorded.", view.fault());
    }
}
