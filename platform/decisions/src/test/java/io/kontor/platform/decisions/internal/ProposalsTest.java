package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.platform.data.RecordWriter;
import io.kontor.platform.data.StockLevels;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.Proposals.Decision;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.New;
import io.kontor.platform.decisions.Proposals.State;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class ProposalsTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final List<GuardrailStep> TRAIL = List.of(new GuardrailStep("max-change", 12.5, 11, "Held from 12.50 to 11.00."),
            new GuardrailStep("ending", 11, 11, "As it should be."));

    private static final Explanation BOUND = new Explanation(Explanation.Kind.CONSTRAINTS, 20.5, 24,
            List.of(new Contribution("rounded-to-packs", "Pack size", "Rounded up to 2 packs of 12.", 3.5)));

    /** Remembers the latest records. */
    private static final class Shop implements RecordWriter, StockLevels {

        private final List<String> written = new ArrayList<>();
        private double onOrder = 2;
        private boolean counted = true;
        private int after;

        @Override
        public Runnable write(Connection connection, String store, Entity entity, List<Map<String, Object>> records) {
            Map<String, Object> record = records.get(0);
            written.add(entity.path() + " " + record.get("productId") + " " + record.get(entity == Entity.PRICES ? "price" : "onOrder"));
            if (entity == Entity.STOCK) {
                onOrder = (Double) record.get("onOrder");
            }
            return () -> after++;
        }

        @Override
        public List<Level> all(String store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Level> find(Connection connection, String store, String product, String location) {
            return counted ? Optional.of(new Level(product, location, NOON, 5, onOrder, 0)) : Optional.empty();
        }
    }

    private final Shop shop = new Shop();

    private KeptProposals proposals(Databases.Opened database) {
        return new KeptProposals(database, shop, shop, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private static New order(String product, double quantity) {
        return proposal("order", product, Map.of("quantity", quantity));
    }

    private static New proposal(String kind, String product, Map<String, Object> change) {
        return new New("", new Answer<>("r", new Answer.ServedBy("plugin", "1.0.0", Optional.of("m1")), Optional.empty(), new Proposal(kind,
                product, change, List.of(new ArithmeticLine("Stock", 5)), Map.of("cost", 12.5),
                List.of(new Reason("below-reorder-point", "Below the reorder point.", Double.NaN)), Optional.of(BOUND))), TRAIL);
    }

    private static List<String> states(List<Kept> kept) {
        return kept.stream().map(one -> one.proposal().subject() + " " + one.state()).toList();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsWhatIsProposed(FreshDatabase fresh) {
        try (Databases.Opened database = DecisionLogTest.open(fresh)) {
            KeptProposals proposals = proposals(database);
            proposals.renew("berlin", "inventory", "order", List.of(order("p1", 24), order("p2", 6)));
            Kept kept = proposals.list("berlin", null, null, Long.MAX_VALUE, 9).get(1);
            assertEquals(order("p1", 24).answer().value(), kept.proposal());
            assertEquals(NOON, kept.proposedAt());
            assertEquals(TRAIL, kept.trail());
            assertEquals(List.of(), kept.history());
            assertEquals(Map.of("inventory", 2L), proposals.pending("berlin"));
            assertEquals(List.of("p1 PENDING"), states(proposals.list("berlin", "inventory", State.PENDING, kept.id() + 1, 9)));
            assertTrue(proposals.find("paris", kept.id()).isEmpty(), "another store's");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aNewPlanSupersedesWhatWaitsOfItsKind(FreshDatabase fresh) {
        try (Databases.Opened database = DecisionLogTest.open(fresh)) {
            KeptProposals proposals = proposals(database);
            proposals.renew("berlin", "inventory", "order", List.of(order("p1", 24), order("p2", 6)));
            proposals.renew("berlin", "pricing", "price", List.of(proposal("price", "p1", Map.of("price", 9.0, "currentPrice", 10.0))));
            long first = proposals.list("berlin", "inventory", null, Long.MAX_VALUE, 9).get(1).id();
            proposals.decide("berlin", first, State.REJECTED, "ada", "");
            proposals.renew("berlin", "inventory", "order", List.of(order("p3", 1)));
            assertEquals(List.of("p3 PENDING", "p1 PENDING", "p2 SUPERSEDED", "p1 REJECTED"),
                    states(proposals.list("berlin", null, null, Long.MAX_VALUE, 9)));
            assertEquals(List.of(List.of(), List.of(), List.of(new Decision(State.SUPERSEDED, NOON, Optional.empty(), Optional.empty())),
                    List.of(new Decision(State.REJECTED, NOON, Optional.of("ada"), Optional.empty()))),
                    proposals.list("berlin", null, null, Long.MAX_VALUE, 9).stream().map(Kept::history).toList());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void anApprovalTakesEffectAndAReversalTakesItBack(FreshDatabase fresh) {
        try (Databases.Opened database = DecisionLogTest.open(fresh)) {
            KeptProposals proposals = proposals(database);
            proposals.renew("berlin", "inventory", "order", List.of(order("p1", 24)));
            proposals.renew("berlin", "pricing", "price", List.of(proposal("price", "p1", Map.of("price", 9.0, "currentPrice", 10.0))));
            for (Kept one : proposals.list("berlin", null, null, Long.MAX_VALUE, 9)) {
                Kept approved = proposals.decide("berlin", one.id(), State.APPROVED, "ada", "well").orElseThrow();
                assertEquals(State.APPROVED, approved.state());
                assertEquals(Optional.of("ada"), approved.decidedBy());
                assertEquals(State.REVERTED, proposals.decide("berlin", one.id(), State.REVERTED, "bo", "").orElseThrow().state());
                assertEquals(List.of(new Decision(State.APPROVED, NOON, Optional.of("ada"), Optional.of("well")),
                        new Decision(State.REVERTED, NOON, Optional.of("bo"), Optional.empty())),
                        proposals.find("berlin", one.id()).orElseThrow().history());
            }
            assertEquals(List.of("prices p1 9.0", "prices p1 10.0", "stock p1 26.0", "stock p1 2.0"), shop.written);
            assertEquals(4, shop.after);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void decidesOnceAndSaysWhyNotAgain(FreshDatabase fresh) {
        try (Databases.Opened database = DecisionLogTest.open(fresh)) {
            KeptProposals proposals = proposals(database);
            proposals.renew("berlin", "inventory", "order", List.of(order("p1", 24)));
            long id = proposals.list("berlin", null, null, Long.MAX_VALUE, 9).get(0).id();
            assertThrows(IllegalStateException.class, () -> proposals.decide("berlin", id, State.REVERTED, "ada", ""));
            proposals.decide("berlin", id, State.APPROVED, "ada", "");
            IllegalStateException refused = assertThrows(IllegalStateException.class,
                    () -> proposals.decide("berlin", id, State.APPROVED, "bo", ""));
            assertEquals("The proposal is approved; only a pending one can be approved.", refused.getMessage());
            assertEquals(1, shop.written.size());
            assertTrue(proposals.decide("berlin", id + 1, State.APPROVED, "ada", "").isEmpty());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatWasDecidedBeforeThereWasAHistoryBeginsIt(FreshDatabase fresh) {
        try (Databases.Opened database = DecisionLogTest.open(fresh, "V1__decisions", "V2__risk")) {
            database.jdbc(connection -> connection.createStatement().executeUpdate("insert into proposal (store, family, kind, subject, "
                    + "place, state, plugin, plugin_version, content, proposed_at, decided_at, decided_by, note) values ('berlin', 'inventory', "
                    + "'order', 'p1', '', 'REJECTED', 'plugin', '1.0.0', '{\"change\":{},\"arithmetic\":[],\"impact\":{},\"reasons\":[]}', "
                    + "timestamp with time zone '2026-01-30 12:00:00+00', timestamp with time zone '2026-01-31 12:00:00+00', 'ada', 'no')"));
        }
        try (Databases.Opened database = DecisionLogTest.open(fresh)) {
            Kept kept = proposals(database).list("berlin", null, null, Long.MAX_VALUE, 9).get(0);
            assertEquals(List.of(new Decision(State.REJECTED, NOON, Optional.of("ada"), Optional.of("no"))), kept.history());
            assertEquals(List.of(), kept.trail());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aRefusedEffectLeavesTheProposalWaiting(FreshDatabase fresh) {
        try (Databases.Opened database = DecisionLogTest.open(fresh)) {
            KeptProposals proposals = proposals(database);
            proposals.renew("berlin", "inventory", "order", List.of(order("p1", 24)));
            long id = proposals.list("berlin", null, null, Long.MAX_VALUE, 9).get(0).id();
            shop.counted = false;
            assertThrows(KontorException.class, () -> proposals.decide("berlin", id, State.APPROVED, "ada", ""));
            assertEquals(State.PENDING, proposals.find("berlin", id).orElseThrow().state());
        }
    }
}
