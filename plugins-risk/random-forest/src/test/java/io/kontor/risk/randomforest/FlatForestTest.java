package io.kontor.risk.randomforest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.explain.TreeExplainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.ensemble.WeightedEnsembleModel;

class FlatForestTest {

    private static final int INPUTS = 8;
    /** Half a step of 16 bits. */
    private static final double MOST_BY_ROUNDING = 1 / 131_069.0;

    private static double[][] rows(int count, long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[count][INPUTS];
        for (double[] row : rows) {
            for (int f = 0; f < INPUTS; f++) {
                double value = switch (f) {
                    case 0 -> random.nextInt(4);
                    case 1 -> Math.exp(3 * random.nextGaussian());
                    case 2 -> -random.nextInt(200) / 7.0;
                    default -> random.nextGaussian();
                };
                row[f] = random.nextInt(5) == 0 ? Double.NaN : value;
            }
        }
        return rows;
    }

    private static byte[] bins(Bins bins, double[] row) {
        byte[] bytes = new byte[INPUTS];
        for (int f = 0; f < INPUTS; f++) {
            bytes[f] = (byte) bins.of(f, row[f]);
        }
        return bytes;
    }

    @Test
    void scoresAsTribuoDoes() {
        double[][] rows = rows(3_000, 1);
        Random random = new Random(2);
        boolean[] fraud = new boolean[rows.length];
        double[] weights = new double[rows.length];
        Bins bins = Bins.of(rows, INPUTS);
        byte[][] bytes = new byte[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            double x = (Double.isNaN(rows[row][1]) ? 1 : Math.signum(rows[row][1] - 1)) + (rows[row][3] > 0.5 ? 2 : 0);
            fraud[row] = random.nextDouble() < 1 / (1 + Math.exp(3 - x));
            weights[row] = fraud[row] ? 1 : 3;
            bytes[row] = bins(bins, rows[row]);
        }
        TribuoTrees growing = new TribuoTrees(bytes, fraud, 3);
        Grove grove = new Grove(bins, rows, fraud, weights, false);
        List<Model<Label>> trees = new ArrayList<>();
        for (int tree = 0; tree < 30; tree++) {
            TribuoTrees.Grown grown = growing.draw().get();
            grove.add(grown);
            trees.add(grown.model());
        }
        FlatForest forest = grove.grown().forest();
        WeightedEnsembleModel<Label> tribuo = WeightedEnsembleModel.createEnsembleFromExistingModels("forest", trees,
                new FullyWeightedVotingCombiner());
        TreeExplainer explainer = forest.explainer();
        TreeExplainer.Workspace space = explainer.workspace();
        int different = 0;
        for (double[] row : rows(5_000, 4)) {
            double expected = tribuo.predict(TribuoTrees.example(bins(bins, row), new Label(TribuoTrees.FRAUD)))
                    .getOutputScores().get(TribuoTrees.FRAUD).getScore();
            assertEquals(expected, forest.score(row), MOST_BY_ROUNDING);
            double[] contributions = new double[INPUTS];
            explainer.explain(row, contributions, space);
            assertEquals(forest.score(row), explainer.base() + Arrays.stream(contributions).sum(), 1e-9);
            different += Math.abs(expected - explainer.base()) > 0.05 ? 1 : 0;
        }
        assertTrue(different > 1_000, "only " + different + " rows are told apart");
    }

    @Test
    void expectsAtTheRootWhatItExpectsOnAverage() {
        double[][] rows = rows(500, 5);
        boolean[] fraud = new boolean[rows.length];
        double[] weights = new double[rows.length];
        Bins bins = Bins.of(rows, INPUTS);
        byte[][] bytes = new byte[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            fraud[row] = rows[row][3] > 1 || row % 50 == 0;
            weights[row] = fraud[row] ? 1 : 7;
            bytes[row] = bins(bins, rows[row]);
        }
        TribuoTrees growing = new TribuoTrees(bytes, fraud, 6);
        Grove grove = new Grove(bins, rows, fraud, weights, false);
        for (int tree = 0; tree < 10; tree++) {
            grove.add(growing.draw().get());
        }
        FlatForest forest = grove.grown().forest();
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < rows.length; row++) {
            sum += weights[row] * forest.score(rows[row]);
            weight += weights[row];
        }
        assertEquals(sum / weight, forest.explainer().base(), 1e-9);
    }
}
