package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the platform expects of every trained risk scorer. A plugin's test extends this class and says how the plugin is made; it needs
 * nothing of the platform.
 *
 * @param <M> the model's type
 */
public abstract class TrainedRiskScorerContract<M> {

    private static final long SEED = 42;
    private final SampleStore store = FraudRings.generate(Locale.ENGLISH, 200, 50, 12, 12, 7);
    private final List<LabelledTransaction> labelled = new ArrayList<>();
    private final List<RiskRequest> requests = new ArrayList<>();
    private TrainedRiskScorer<M> plugin;
    private M model;

    /** For subclasses. */
    protected TrainedRiskScorerContract() {
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @return a new plugin
     */
    protected abstract TrainedRiskScorer<M> plugin(SampleStore data);

    @BeforeEach
    final void trains() throws Exception {
        plugin = plugin(store);
        model = plugin.train(store.training(SEED));
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(store.snapshot(), row -> {
            labelled.add(row);
            requests.add(recent.request(row.transaction()));
            recent.add(row.transaction());
        });
    }

    private byte[] bytes(M trained) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(trained, out);
        return out.toByteArray();
    }

    @Test
    final void answersTheSameAfterItWasWrittenAndRead() throws Exception {
        M read = plugin.read(new ByteArrayInputStream(bytes(model)));
        for (int i = 0; i < requests.size(); i += 10) {
            assertEquals(plugin.assess(model, requests.get(i)), plugin.assess(read, requests.get(i)));
        }
        assertArrayEquals(bytes(model), bytes(read));
    }

    @Test
    final void learnsTheSameFromTheSameDataAndSeed() throws Exception {
        assertArrayEquals(bytes(model), bytes(plugin(store).train(store.training(SEED))));
    }

    @Test
    final void refusesADamagedModel() throws IOException {
        byte[] whole = bytes(model);
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2))));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(new byte[64])));
    }

    @Test
    final void scoresTheFraudsThatItHasLearnedFromAboveTheRest() {
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int i = 0; i < requests.size(); i++) {
            int kind = labelled.get(i).label() == LabelledTransaction.Label.FRAUD ? 1 : 0;
            sums[kind] += plugin.assess(model, requests.get(i)).score();
            counts[kind]++;
        }
        assertTrue(sums[1] / counts[1] > 2 * sums[0] / counts[0], sums[1] / counts[1] + " against " + sums[0] / counts[0]);
    }

    @Test
    final void explainsEveryAssessmentTheWeightiestReasonFirst() {
        for (int i = 0; i < requests.size(); i += 25) {
            Assessment assessment = plugin.assess(model, requests.get(i));
            assertFalse(assessment.reasons().isEmpty(), "every assessment needs a reason");
            double before = Double.POSITIVE_INFINITY;
            for (Reason reason : assessment.reasons()) {
                assertFalse(reason.text().isBlank());
                double weight = Math.abs(reason.weight());
                assertTrue(Double.isNaN(weight) || weight <= before, assessment.reasons().toString());
                before = Double.isNaN(weight) ? before : weight;
            }
        }
    }

    @Test
    final void judgesATransactionThatSaysNextToNothing() {
        Transaction bare = new Transaction("bare", Instant.parse("2030-01-01T00:00:00Z"), 0, "", "", "", "", "", "", "", "", "", "", Map.of());
        assertFalse(plugin.assess(model, new RiskRequest(bare, List.of())).reasons().isEmpty());
        Transaction strange = new Transaction("strange", Instant.EPOCH, -1e12, "o", "c", "XYZ", "méthode", "??", "ZZ", "::1", "d", "e", "k",
                Map.of("items", "no number", "channel", 7.0, "never seen", "x"));
        assertFalse(plugin.assess(model, new RiskRequest(strange, List.of(bare))).reasons().isEmpty());
    }

    @Test
    final void stopsTrainingWhenItIsCancelled() {
        SampleJob cancelled = new SampleJob(0);
        assertThrows(CancellationException.class, () -> plugin.train(new Training(store.snapshot(), SEED, cancelled)));
    }

    @Test
    final void saysThatThereIsTooLittleData() {
        KontorException refused = assertThrows(KontorException.class,
                () -> plugin.train(new SampleStore(Locale.ENGLISH).training(SEED)));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        assertTrue(refused.getMessage().endsWith("."), "one plain sentence: " + refused.getMessage());
    }

    @Test
    final void answersManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Assessment>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                RiskRequest request = requests.get(i);
                answers.add(threads.submit(() -> plugin.assess(model, request)));
            }
            for (int i = 0; i < 200; i++) {
                assertEquals(plugin.assess(model, requests.get(i)), answers.get(i).get());
            }
        } finally {
            threads.shutdown();
        }
    }
}
