package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction.Label;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RiskRule.Action;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.RuleCondition;
import io.kontor.api.risk.RuleOperator;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.Transaction;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.data.Transactions.Labelling;
import io.kontor.platform.data.Transactions.Taken;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.decisions.RiskDesk.Case;
import io.kontor.platform.decisions.RiskRuleBook.Trial;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Assessments from question to log, with rules, cases and labels in a real database. */
class RiskDeskTest {

    private static final String SHOP = RiskBench.SHOP;
    private static final Instant NOON = RiskBench.NOON;

    /** Does something with a desk. */
    @FunctionalInterface
    private interface Work {

        void run(RiskBench bench) throws Exception;
    }

    private static void with(FreshDatabase fresh, Work work) throws Exception {
        try (Databases.Opened database = Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(), Map.of("decisions",
                List.of(RiskDeskTest.class.getResource("/db/migration/V1__decisions.sql"),
                        RiskDeskTest.class.getResource("/db/migration/V2__risk.sql")))); RiskBench bench = new RiskBench(database)) {
            work.run(bench);
        }
    }

    private static RiskRule over(String id, double amount, Action action) {
        return new RiskRule(id, "Over " + amount, "", List.of(new RuleCondition(new Field("amount"), RuleOperator.GT, List.of(amount), null)),
                action, 0.4, true);
    }

    private static RiskScorer says(double score, Verdict verdict) {
        return request -> new Assessment(score, verdict, List.of(new Reason("model", "The model says so.", score)));
    }

    private static Answer<Assessment> assess(RiskBench bench, String id, double amount) {
        return bench.desk.assess(bench.take(id, NOON, amount), Optional.empty());
    }

    private static List<String> codes(Answer<Assessment> answer) {
        return answer.value().reasons().stream().map(Reason::code).toList();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void letsTheRulesHoldWhateverTheModelSays(FreshDatabase fresh) throws Exception {
        with(fresh, bench -> {
            bench.enable("forest", false, says(0.2, Verdict.APPROVE));
            assertEquals(Verdict.APPROVE, assess(bench, "t1", 950).value().verdict());
            bench.rules.put(SHOP, over("note", 100, Action.SCORE));
            bench.rules.put(SHOP, over("large", 900, Action.DECLINE));
            bench.rules.put(SHOP, over("medium", 500, Action.REVIEW));
            Answer<Assessment> declined = assess(bench, "t2", 950);
            assertEquals(Verdict.DECLINE, declined.value().verdict());
            assertEquals(0.2, declined.value().score(), "the model's score stays");
            assertEquals(List.of("rule-large", "rule-medium", "model", "rule-note"), codes(declined));
            assertTrue(Double.isNaN(declined.value().reasons().get(0).weight()), "a rule's weight is none of the model's");
            assertEquals(Verdict.REVIEW, assess(bench, "t3", 600).value().verdict());
            bench.rules.put(SHOP, over("trusted", 550, Action.APPROVE));
            assertEquals(Verdict.APPROVE, assess(bench, "t4", 600).value().verdict());
            assertTrue(bench.rules.delete(SHOP, "large"));
            assertEquals(Verdict.APPROVE, assess(bench, "t5", 950).value().verdict());
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void fallsBackToTheRulesAndSaysSo(FreshDatabase fresh) throws Exception {
        with(fresh, bench -> {
            bench.enable("forest", false, request -> {
                throw new IllegalStateException("broken");
            });
            bench.enable("rules", true, says(0.5, Verdict.REVIEW));
            Answer<Assessment> answer = assess(bench, "t1", 10);
            assertEquals("rules", answer.servedBy().plugin());
            assertTrue(answer.fallback().orElseThrow().matches("forest .*; rules answered instead\\."), answer.fallback()::get);
            DecisionLog.Entry noted = bench.log.entries.get(0);
            assertEquals(answer.fallback(), noted.fallback());
            assertEquals("t1", noted.subject());
            assertEquals(Map.of("time", NOON, "amount", 10.0, "id", "t1", "customerId", "anna", "attr.items", 2.0),
                    noted.question().get("transaction"));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void refusesAnAssessmentWithoutAReason(FreshDatabase fresh) throws Exception {
        with(fresh, bench -> {
            bench.enable("forest", false, request -> new Assessment(0, Verdict.APPROVE, List.of()));
            assertEquals(KontorException.Kind.CAPACITY, assertThrows(KontorException.class, () -> assess(bench, "t1", 10)).kind());
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void showsEachTransactionWithThoseBeforeIt(FreshDatabase fresh) throws Exception {
        with(fresh, bench -> {
            RiskRequest[] seen = new RiskRequest[1];
            bench.enable("rules", true, request -> {
                seen[0] = request;
                return says(0, Verdict.APPROVE).assess(request);
            });
            Taken first = bench.take("t1", NOON.minus(Duration.ofHours(1)), 5);
            Taken second = bench.take("t2", NOON, 5);
            bench.desk.assess(first, Optional.empty());
            assertEquals(List.of(), seen[0].previous(), "what was taken together is not before it");
            bench.desk.assess(second, Optional.empty());
            assertEquals(List.of("t1"), seen[0].previous().stream().map(Transaction::id).toList());
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void opensACaseForEachReviewUntilALabelComes(FreshDatabase fresh) throws Exception {
        with(fresh, bench -> {
            bench.enable("rules", true, says(0.6, Verdict.REVIEW));
            for (String id : List.of("t1", "t2", "t3", "t1")) {
                assess(bench, id, 10);
            }
            List<Case> open = bench.desk.cases(SHOP, true, Long.MAX_VALUE, 2);
            assertEquals(List.of("t3", "t2"), open.stream().map(Case::transaction).toList());
            assertEquals("The model says so.", open.get(0).reasons().get(0).get("text"));
            assertEquals(List.of("t1"), bench.desk.cases(SHOP, true, open.get(1).id(), 9).stream().map(Case::transaction).toList());
            assertArrayEquals(new boolean[] {true, false}, bench.desk.label(SHOP, List.of(
                    new RiskDesk.Label(new Labelling("t2", Label.FRAUD, NOON), "chargeback"),
                    new RiskDesk.Label(new Labelling("nobody", Label.FRAUD, NOON), ""))));
            Case closed = bench.desk.cases(SHOP, false, Long.MAX_VALUE, 9).get(0);
            assertEquals(List.of(Optional.of("fraud"), Optional.of(NOON), Optional.of("chargeback")),
                    List.of(closed.label(), closed.closedAt(), closed.source()));
            assertEquals(List.of("fraud"), bench.log.feedback.stream().map(DecisionLog.Feedback::type).toList());
            bench.transactions.label(SHOP, List.of(new Labelling("t3", Label.LEGITIMATE, NOON)));
            assertEquals(List.of("t1"), bench.desk.cases(SHOP, true, Long.MAX_VALUE, 2).stream().map(Case::transaction).toList(),
                    "a label that was imported closes too");
            List<Map<String, Object>> theirs = bench.database.jdbc(connection -> bench.cases.export(connection, SHOP, "anna"));
            assertEquals(List.of("t1", "t2", "t3"), theirs.stream().map(one -> one.get("transaction")).toList());
            assertEquals(List.of("fraud", "chargeback", NOON.toString()),
                    List.of(theirs.get(1).get("label"), theirs.get(1).get("source"), theirs.get(1).get("closedAt")));
            int erased = bench.database.jdbc(connection -> bench.cases.erase(connection, SHOP, "anna"));
            assertEquals(3, erased);
            assertEquals(List.of(), bench.desk.cases(SHOP, null, Long.MAX_VALUE, 9));
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsRulesPerStoreAndTriesThemOnTheRecords(FreshDatabase fresh) throws Exception {
        with(fresh, bench -> {
            bench.rules.put(SHOP, over("b", 50, Action.REVIEW));
            bench.rules.put(SHOP, over("a", 90, Action.REVIEW));
            bench.rules.put(SHOP, over("b", 60, Action.DECLINE));
            assertEquals(List.of(over("a", 90, Action.REVIEW), over("b", 60, Action.DECLINE)), bench.rules.list(SHOP));
            assertEquals(List.of(), bench.rules.list("other"));
            assertThrows(FormRefusedException.class, () -> bench.rules.put(SHOP, over("Bad Id", 60, Action.DECLINE)));
            for (int i = 0; i < 10; i++) {
                bench.take("t" + i, NOON.plusSeconds(i), 10 * i);
            }
            bench.transactions.label(SHOP, List.of(new Labelling("t9", Label.FRAUD, NOON), new Labelling("t8", Label.LEGITIMATE, NOON),
                    new Labelling("t1", Label.FRAUD, NOON)));
            Trial trial = bench.rules.test(SHOP, over("x", 65, Action.REVIEW));
            assertEquals(List.of(10L, 3L, 3L, 2L, 2L, 1L), List.of(trial.transactions(), trial.hits(), trial.labelled(), trial.frauds(),
                    trial.labelledHits(), trial.fraudHits()));
            assertEquals(Optional.of(0.5), trial.precision());
            assertEquals(Optional.of(0.5), trial.recall());
            assertEquals("t9", trial.examples().get(0).transaction().transaction().id());
            bench.rules.deleted(bench.data.store());
            assertEquals(List.of(), bench.rules.list(SHOP));
        });
    }
}
