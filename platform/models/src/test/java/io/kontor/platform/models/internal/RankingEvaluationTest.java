package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Snapshot;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingEvaluationTest {

    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    /** A shop whose records are all of one moment: customer i bought products i to i + 9 of 40. */
    private static SampleStore ofOneMoment(int customers) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int customer = 0; customer < customers; customer++) {
            for (int product = 0; product < 10; product++) {
                store.purchase("c" + customer, "p" + (customer + product) % 40, NOW);
            }
        }
        return store;
    }

    private static Set<String> pairs(Snapshot snapshot) {
        Set<String> pairs = new HashSet<>();
        snapshot.interactions(batch -> {
            for (int i = 0; i < batch.size(); i++) {
                pairs.add(batch.texts("customerId")[i] + " " + batch.texts("productId")[i]);
            }
        });
        return pairs;
    }

    @Test
    void holdsAFifthOfEachCustomersProductsOutWhenTimesDoNotTellThemApart() {
        SampleStore store = ofOneMoment(40);
        RankingHoldout holdout = (RankingHoldout) new RankingEvaluation().holdOut(store.snapshot(), store.store(), 1, new SampleJob())
                .orElseThrow();
        assertEquals("all but the last products of each customer", holdout.part());
        assertEquals(40 * 8, pairs(holdout.earlier()).size());
        assertEquals(NOW, holdout.begin());
        assertTrue(pairs(store.snapshot()).containsAll(pairs(holdout.earlier())));
    }

    /** Two hundred customers one after the other, of whom some come back at the end for one more product. */
    private static SampleStore withReturning(int returning) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int customer = 0; customer < 200; customer++) {
            for (int product = 0; product < 10; product++) {
                store.purchase("c" + customer, "p" + (customer + product) % 40, NOW.plusSeconds(60L * customer));
            }
        }
        for (int customer = 0; customer < returning; customer++) {
            store.purchase("c" + customer, "p" + (customer + 20) % 40, NOW.plusSeconds(100_000 + customer));
        }
        return store;
    }

    @ParameterizedTest
    @CsvSource({"30, 200", "60, 60"})
    void asksTheFewWhoCameBackUnlessOthersAreFourTimesAsMany(int returning, int asked) {
        SampleStore store = withReturning(returning);
        RankingHoldout holdout = (RankingHoldout) new RankingEvaluation().holdOut(store.snapshot(), store.store(), 1, new SampleJob())
                .orElseThrow();
        assertEquals(asked, holdout.cases());
        assertEquals(asked == 200, holdout.part().equals("all but the last products of each customer"));
    }

    @Test
    void leavesEverySecondCustomerBothProductsWhereNobodyChoseMore() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int customer = 0; customer < 60; customer++) {
            store.purchase("c" + customer, "p" + customer % 8, NOW);
            store.purchase("c" + customer, "p" + (customer + 1) % 8, NOW);
        }
        RankingHoldout holdout = (RankingHoldout) new RankingEvaluation().holdOut(store.snapshot(), store.store(), 1, new SampleJob())
                .orElseThrow();
        assertEquals(30, holdout.cases());
        assertEquals(30 * 2 + 30, pairs(holdout.earlier()).size());
    }

    @Test
    void holdsNothingOutWhenThereAreTooFewCustomers() {
        SampleStore store = ofOneMoment(19);
        assertTrue(new RankingEvaluation().holdOut(store.snapshot(), store.store(), 1, new SampleJob()).isEmpty());
    }
}
