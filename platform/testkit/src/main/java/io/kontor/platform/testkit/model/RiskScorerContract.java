package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Reason;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the platform expects of everything that judges transactions. A plugin's test extends this class and says how the plugin is made; a
 * trained one is handed over with its model in it.
 */
public abstract class RiskScorerContract {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int THREADS = 4;
    private RiskScorer plugin;

    /** For subclasses. */
    protected RiskScorerContract() {
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @return a new plugin
     * @throws Exception when it cannot be made
     */
    protected abstract RiskScorer plugin(SampleStore data) throws Exception;

    @BeforeEach
    final void makes() throws Exception {
        plugin = plugin(new SampleStore(Locale.ENGLISH));
    }

    private static List<RiskRequest> requests() {
        Random random = new Random(11);
        RecentTransactions recent = new RecentTransactions();
        List<RiskRequest> requests = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Transaction payment = new Transaction("t" + i, START.plus(Duration.ofMinutes(i)), random.nextInt(500), "o" + i,
                    "c" + random.nextInt(20), "EUR", "card", random.nextInt(5) == 0 ? "FR" : "DE", "DE", "10.0.0." + random.nextInt(9),
                    "d" + random.nextInt(15), "", "k" + random.nextInt(30), Map.of("items", (double) random.nextInt(4), "note", "gift"));
            requests.add(recent.request(payment));
            recent.add(payment);
        }
        return requests;
    }

    private static void checkWhole(Assessment assessment) {
        assertFalse(assessment.reasons().isEmpty(), "an assessment has a reason");
        for (Reason reason : assessment.reasons()) {
            assertTrue(reason.code().matches("[a-z0-9]+(-[a-z0-9]+)*"), reason.code());
            assertFalse(reason.text().isBlank() || reason.text().matches(".*\\{\\d.*"), reason.text());
        }
    }

    @Test
    final void givesEveryAssessmentReasonsInWords() {
        requests().forEach(request -> checkWhole(plugin.assess(request)));
    }

    @Test
    final void judgesATransactionOfWhichOnlyTheAmountIsKnown() {
        for (double amount : new double[] {0, -5, 1e12}) {
            checkWhole(plugin.assess(new RiskRequest(new Transaction("t", START, amount, "", "", "", "", "", "", "", "", "", "", Map.of()),
                    List.of())));
        }
    }

    @Test
    final void saysTheSameOfTheSame() {
        for (RiskRequest request : requests()) {
            assertEquals(plugin.assess(request), plugin.assess(request));
        }
    }

    @Test
    final void saysTheSameToManyThreadsAtOnce() throws Exception {
        List<RiskRequest> requests = requests();
        List<Assessment> alone = requests.stream().map(plugin::assess).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Assessment>>> together = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                together.add(threads.submit(() -> requests.stream().map(plugin::assess).toList()));
            }
            for (Future<List<Assessment>> one : together) {
                assertEquals(alone, one.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
