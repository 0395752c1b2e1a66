package io.kontor.risk.randomforest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRiskScorerContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The plugin with pruned trees, and the bytes of both. */
class PrunedForestTest extends TrainedRiskScorerContract<FraudModel> {

    @Override
    protected TrainedRiskScorer<FraudModel> plugin(SampleStore data) {
        return new RandomForest(new RandomForestTest.Given(30, 20_000, "pruned"), data);
    }

    private static byte[] written(FraudModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.write(bytes);
        return bytes.toByteArray();
    }

    private static byte[] nodes(FlatForest forest, int inputs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        forest.write(new DataOutputStream(bytes), inputs);
        return bytes.toByteArray();
    }

    private static FlatForest read(byte[] nodes, int inputs) throws IOException {
        return FlatForest.read(new DataInputStream(new ByteArrayInputStream(nodes)), inputs);
    }

    @Test
    void takesHalfTheBytesAndLosesAtMostAHundredthOfTheAveragePrecision() throws IOException {
        for (long seed = 3; seed < 5; seed++) {
            SampleStore store = noisy(new Random(seed));
            Instant cut = RandomForestTest.BEGIN.plusSeconds(600L * 4_000);
            RandomForestTest.Later later = RandomForestTest.Later.of(store, cut);
            FraudModel full = new RandomForest(new RandomForestTest.Given(30, 20_000, "full"), store)
                    .train(RandomForestTest.before(store, cut));
            FraudModel pruned = new RandomForest(new RandomForestTest.Given(30, 20_000, "pruned"), store)
                    .train(RandomForestTest.before(store, cut));
            double before = later.averagePrecision(RandomForestTest.scores(full, later));
            double after = later.averagePrecision(RandomForestTest.scores(pruned, later));
            String found = pruned.forest().nodes() + " of " + full.forest().nodes() + " nodes, " + written(pruned).length + " of "
                    + written(full).length + " bytes, average precision " + after + " of " + before;
            assertTrue(after > before - 0.01, found);
            assertTrue(written(pruned).length * 2 <= written(full).length, found);
        }
    }

    /** Payments that are fraud more or less likely by one of their numbers, with another that tells nothing. */
    private static SampleStore noisy(Random random) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int i = 0; i < 8_000; i++) {
            double x = random.nextGaussian();
            boolean fraud = random.nextDouble() < 1 / (1 + Math.exp(4 - 1.5 * x));
            store.add(Entity.TRANSACTIONS, Map.of("id", "t" + i, "time", RandomForestTest.BEGIN.plusSeconds(600L * i), "amount", 10.0,
                    "attr.x", x, "attr.noise", random.nextGaussian(), "label", fraud ? "fraud" : "legitimate"));
        }
        return store;
    }

    @Test
    void readsEveryNodeAsItWasWritten() throws IOException {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 150, 40, 12, 12, 11);
        for (String size : new String[] {"full", "pruned"}) {
            FraudModel model = new RandomForest(new RandomForestTest.Given(40, 20_000, size), store).train(store.training(1));
            FraudModel again = FraudModel.read(new ByteArrayInputStream(written(model)));
            for (RiskRequest request : RandomForestTest.Later.of(store, RandomForestTest.BEGIN).requests()) {
                FraudModel.Explained expected = model.explain(request);
                FraudModel.Explained explained = again.explain(request);
                assertEquals(expected.score(), explained.score());
                assertEquals(expected.base(), explained.base());
                assertEquals(Arrays.toString(expected.contributions()), Arrays.toString(explained.contributions()));
            }
        }
    }

    @Test
    void refusesNodesThatAreNoTrees() throws IOException {
        FlatForest forest = new FlatForest(new int[] {1, -1, 0, -1, -1, -1}, new double[] {2.5, 0, Double.NEGATIVE_INFINITY, 1, 0.2, 0},
                new double[] {0, 3, 0, 1, 2, 6});
        byte[] nodes = nodes(forest, 2);
        assertEquals(2, read(nodes, 2).trees());
        assertEquals(0.1, read(nodes, 2).score(new double[] {1, 3}), 1e-9);
        assertRefused(nodes, 2, 3, "3 trees");
        assertRefused(nodes, 2, 0, "0 trees");
        assertRefused(nodes, 8, 2, "an input 2");
        assertRefused(nodes, 18, 0, "no end");
        assertRefused(nodes, 38, 0x700, "a threshold 7");
        int covers = nodes.length - 4;
        byte[] negative = nodes.clone();
        ByteBuffer.wrap(negative).putFloat(covers, -1);
        assertTrue(assertThrows(IOException.class, () -> read(negative, 2)).getMessage().contains("payments came"));
        assertThrows(IOException.class, () -> read(Arrays.copyOf(nodes, covers), 2));
    }

    private static void assertRefused(byte[] nodes, int at, int value, String message) {
        byte[] damaged = nodes.clone();
        ByteBuffer.wrap(damaged).putShort(at, (short) value);
        String said = assertThrows(IOException.class, () -> read(damaged, 2)).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void asksToTrainModelsOfEarlierVersionsAgain() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeInt(0x4b524633);
        }
        String said = assertThrows(IOException.class, () -> FraudModel.read(new ByteArrayInputStream(bytes.toByteArray()))).getMessage();
        assertTrue(said.contains("train it again"), said);
    }
}
