package io.kontor.platform.models.internal.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.metric.PopulationStability;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.ReferenceProfile.Source;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProfilingTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final long HOUR = 3_600;

    private static ColumnProfile column(ReferenceProfile profile, String source, String name) {
        return profile.source(source).orElseThrow().columns().stream().filter(one -> one.column().equals(name)).findFirst().orElseThrow();
    }

    /** A payment an hour, with a name in an attribute. */
    private static SampleStore payments(int weeks, double amount) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(5);
        for (int i = 0; i < weeks * 7 * 24; i++) {
            Map<String, Object> row = new HashMap<>(Map.of("id", "t" + i, "time", BEGIN.plusSeconds(i * HOUR), "amount",
                    amount * Math.exp(random.nextGaussian()), "method", i % 4 == 0 ? "invoice" : "card", "customerId", "c" + i,
                    "attr.name", i % 2 == 0 ? "Erika Mustermann" : "Max", "attr.age", (double) (20 + i % 60)));
            if (i % 10 == 0) {
                row.remove("customerId");
            }
            store.add(Entity.TRANSACTIONS, row);
        }
        return store;
    }

    private static ReferenceProfile profile(SampleStore store, int weeks) {
        return Profiling.of("risk", store.snapshot(), BEGIN.plusSeconds(weeks * 7 * 24 * HOUR), Map.of(), new double[] {0.1, 0.2, 0.9},
                JobContext.unwatched());
    }

    @Test
    void countsNumbersInBinsOfEqualSizeAndCategoriesByShare() {
        ReferenceProfile profile = profile(payments(10, 50), 10);
        Source source = profile.source("transactions").orElseThrow();
        assertEquals(10 * 7 * 24, source.rows());
        assertEquals(0, source.gapDays());
        assertEquals(BEGIN, source.from());
        ColumnProfile amount = column(profile, "transactions", "amount");
        double[] groups = amount.grouped(amount.counts());
        assertEquals(11, groups.length);
        assertTrue(Arrays.stream(groups).limit(10).allMatch(count -> Math.abs(count - 168) < 30), Arrays.toString(groups));
        ColumnProfile method = column(profile, "transactions", "method");
        assertEquals(List.of("card", "invoice"), method.values());
        assertArrayEquals(new double[] {1_260, 420, 0, 0}, method.counts());
        ColumnProfile customer = column(profile, "transactions", "customerId");
        assertEquals(List.of("given"), customer.values(), "no customer is named");
        assertEquals(0.1, customer.missing(), 1e-9);
        assertEquals(3, profile.predictions().cases());
    }

    @Test
    void keepsNoTextThatMayTellAPerson() {
        ColumnProfile name = column(profile(payments(10, 50), 10), "transactions", "attr.name");
        assertEquals(2, name.values().size());
        assertTrue(name.values().stream().allMatch(value -> value.matches("#[0-9a-f]{8}")), name.values().toString());
        assertEquals(ColumnProfile.Kind.NUMBER, column(profile(payments(10, 50), 10), "transactions", "attr.age").kind());
    }

    @Test
    void theSameRecordsGiveTheSameProfileAndTheirLastWeekIsOrdinary() {
        SampleStore store = payments(30, 50);
        ReferenceProfile profile = profile(store, 30);
        assertArrayEquals(column(profile, "transactions", "amount").counts(), column(profile(store, 30), "transactions", "amount").counts());
        Source latest = Counting.latest(profile.source("transactions").orElseThrow(), store.snapshot(),
                BEGIN.plusSeconds(30 * 7 * 24 * HOUR), Map.of(), JobContext.unwatched());
        assertEquals(28 * 24, latest.rows(), "a week has too few rows here");
        for (ColumnProfile now : latest.columns()) {
            ColumnProfile before = column(profile, "transactions", now.column());
            assertEquals(latest.rows(), now.cases());
            assertTrue(PopulationStability.index(before.grouped(before.counts()), before.grouped(now.counts())) < 0.1, now.column());
        }
    }

    @Test
    void memoryIsBoundedByASampleOfEachWeekOfAYear() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int i = 0; i < 60_000; i++) {
            store.add(Entity.TRANSACTIONS, Map.of("id", "t" + i, "time", BEGIN.plusSeconds(i * 900L), "amount", (double) (i % 97)));
        }
        ReferenceProfile profile = profile(store, 80);
        ColumnProfile amount = column(profile, "transactions", "amount");
        assertTrue(amount.cases() <= 500.0 * (Profiling.WEEKS + 1), "sampled rows: " + amount.cases());
        assertTrue(amount.edges().length < 50);
        assertFalse(amount.values().contains("t1"));
    }
}
