package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.AgedData;
import io.kontor.platform.data.Retention;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class RetentionTest {

    private static StoreRetention retention(Bench bench, Clock clock) {
        return new StoreRetention(bench.database, bench.stores, bench.jobs, clock);
    }

    /** A job whose log is looked at. */
    private static final class Logged extends Bench.BrokenOff {

        private final List<String> lines = new ArrayList<>();

        Logged() {
            super(Integer.MAX_VALUE);
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }
    }

    /** Something else that has an age. */
    private record Decisions(List<Instant> made) implements AgedData {

        @Override
        public String aged() {
            return Retention.DECISIONS;
        }

        @Override
        public int removeSome(String store, Instant before) {
            return made.remove(made.stream().filter(each -> each.isBefore(before)).findFirst().orElse(null)) ? 1 : 0;
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void removesWhatIsOlderAndCountsTheRest(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.ORDERS, "orderId,time,customerId,productId,quantity,unitPrice", "1,2025-02-01T10:00:00Z,anna,p1,2,9.5",
                    "2,2026-02-02T10:00:00Z,bo,p1,2,9.5", "3,2025-02-03T10:00:00Z,anna,p1,1,9.5", "4,2026-02-05T10:00:00Z,bo,p1,none,9.5");
            bench.load(Entity.EVENTS, "time,type,customerId,productId", "2024-02-01T10:00:00Z,view,anna,p1");
            StoreRetention retention = retention(bench, Bench.NOW);
            retention.put("shop", Map.of("orders", 365, Retention.DECISIONS, 30));
            assertEquals(Map.of("orders", 365, Retention.DECISIONS, 30), retention.days("shop"));
            String id = retention.start("shop", Starter.SYSTEM);
            Decisions decisions = new Decisions(new ArrayList<>(List.of(Instant.parse("2026-01-01T00:00:00Z"),
                    Instant.parse("2026-02-20T00:00:00Z"), Instant.parse("2025-01-01T00:00:00Z"))));
            Logged context = new Logged();
            JobRequest request = bench.jobs.requests.get(id);
            assertEquals(Map.of("orders", 2, Retention.DECISIONS, 2), new RetentionJob(bench.database, bench.memory, bench.intake,
                    List.of(decisions), Bench.NOW).run(id, request, context));
            assertTrue(context.lines.contains("orders: 2 rows from before 2025-03-01T12:00:00Z were removed"), context.lines.toString());
            assertEquals(List.of(Instant.parse("2026-02-20T00:00:00Z")), decisions.made);
            assertEquals(1, bench.extent(Entity.ORDERS).rows());
            assertEquals(1, bench.extent(Entity.ORDERS).quarantined(), "put aside just now");
            assertEquals("2026-02-02T10:00:00Z", bench.extent(Entity.ORDERS).from().toString());
            assertEquals(1, bench.extent(Entity.EVENTS).rows(), "kept where nothing is said");
            Clock later = Clock.fixed(Instant.parse("2028-03-01T12:00:00Z"), ZoneOffset.UTC);
            assertEquals(Map.of("orders", 2, Retention.DECISIONS, 1), new RetentionJob(bench.database, bench.memory, bench.intake,
                    List.of(decisions), later).run(id, request, new Logged()));
            assertEquals(0, bench.extent(Entity.ORDERS).rows() + bench.extent(Entity.ORDERS).quarantined());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void oneServerSubmitsTheJobOnceANight(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreRetention night = retention(bench, Clock.fixed(Instant.parse("2026-03-01T01:30:00Z"), ZoneOffset.UTC));
            night.look();
            assertEquals(0, bench.jobs.requests.size(), "the store has no longest age");
            night.put("shop", Map.of("events", 30));
            night.look();
            assertEquals(0, bench.jobs.requests.size(), "half past two in Berlin");
            retention(bench, Bench.NOW).look();
            retention(bench, Bench.NOW).look();
            assertEquals(1, bench.jobs.requests.size());
            retention(bench, Clock.fixed(Instant.parse("2026-03-02T02:30:00Z"), ZoneOffset.UTC)).look();
            assertEquals(2, bench.jobs.requests.size());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void onlyWhatHappenedAtATimeCanBeTooOld(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreRetention retention = retention(bench, Bench.NOW);
            for (Map<String, Integer> wrong : List.of(Map.of("products", 9), Map.of("prices", 9), Map.of("orders", 0), Map.of("nothing", 9))) {
                assertThrows(IllegalArgumentException.class, () -> retention.put("shop", wrong));
            }
            assertEquals(Map.of(), retention.days("shop"));
        }
    }
}
