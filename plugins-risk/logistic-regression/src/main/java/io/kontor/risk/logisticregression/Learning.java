package io.kontor.risk.logisticregression;

import io.kontor.api.feature.Scaling;
import io.kontor.api.model.Training;
import io.kontor.api.risk.TransactionSample;
import io.kontor.api.store.Store;
import io.kontor.bundles.tribuo.WatchedSteps;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Learns a model by Tribuo's stochastic gradient descent on the log loss, with step sizes by AdaGrad (Duchi, Hazan and Singer, Adaptive
 * subgradient methods for online learning and stochastic optimization, 2011). A number that is sometimes missing has a second weight for
 * being so; numbers that are missing together share one.
 */
final class Learning {

    /** How far from its mean a scaled number counts at most. */
    static final double FARTHEST = 8;

    private static final String FRAUD = "fraud";
    private static final String LEGITIMATE = "legitimate";
    private static final double STEP = 0.1;
    private static final int BATCH = 16;
    private static final int UNTOLD = -1;
    private static final long SHUFFLING = 0x8cb92ba72f3d8dd7L;

    private final Training training;
    private final int rounds;
    private final double[][] rows;
    private final TransactionSample sample;
    private final int width;
    private final boolean[] told;

    /**
     * A training.
     *
     * @param training what the platform gave
     * @param store the store
     * @param rounds how often the rows are gone through
     * @param mostRows how many transactions to learn from at most
     */
    Learning(Training training, Store store, int rounds, int mostRows) {
        this.training = training;
        this.rounds = rounds;
        sample = TransactionSample.take(training, store, Scaling.LOG_STANDARD, mostRows);
        rows = sample.rows();
        width = sample.features().set().width();
        told = told();
    }

    /** Of which numbers it is told that they are missing: not of those that always are, and of those that are so together, of one. */
    private boolean[] told() {
        boolean[] first = new boolean[width];
        Set<BitSet> seen = new HashSet<>();
        for (int v = 0; v < width; v++) {
            BitSet missing = new BitSet(rows.length);
            for (int row = 0; row < rows.length; row++) {
                missing.set(row, Double.isNaN(rows[row][v]));
            }
            first[v] = !missing.isEmpty() && missing.cardinality() < rows.length && seen.add(missing);
        }
        return first;
    }

    LinearModel learn() {
        MutableDataset<Label> data = data();
        long steps = (long) rounds * (rows.length / BATCH + 1);
        LinearSGDModel found = new LinearSGDTrainer(new LogMulticlass(), new WatchedSteps(STEP, training.job(), steps), rounds, UNTOLD,
                BATCH, training.seed() ^ SHUFFLING).train(data);
        double[] all = weights(found);
        double[] weights = Arrays.copyOf(all, width);
        double[] missing = Arrays.copyOfRange(all, width, 2 * width);
        training.job().log(sample.frauds() + " frauds among " + sample.labelled() + " labelled transactions; learned "
                + found.getFeatureIDMap().size() + " weights from " + rows.length + " of them");
        return new LinearModel(sample.features(), all[2 * width], weights, missing, means(weights, missing));
    }

    private MutableDataset<Label> data() {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("transactions", labels), labels);
        Label[] kinds = {new Label(LEGITIMATE), new Label(FRAUD)};
        double[] stands = sample.weights();
        double mean = Arrays.stream(stands).average().orElse(1);
        for (int row = 0; row < rows.length; row++) {
            ArrayExample<Label> example = example(rows[row], kinds[sample.fraud()[row] ? 1 : 0]);
            example.setWeight((float) (stands[row] / mean));
            data.add(example);
        }
        return data;
    }

    /** Numbers by their index; that one is missing goes by the index behind all. */
    private ArrayExample<Label> example(double[] row, Label label) {
        String[] names = new String[width];
        double[] values = new double[width];
        int size = 0;
        for (int v = 0; v < width; v++) {
            if (!Double.isNaN(row[v])) {
                names[size] = Integer.toString(v);
                values[size++] = LinearModel.kept(row[v]);
            } else if (told[v]) {
                names[size] = Integer.toString(width + v);
                values[size++] = 1;
            }
        }
        return new ArrayExample<>(label, Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }

    /** Of both classes' weights the differences, by index, and last the intercept. */
    private double[] weights(LinearSGDModel model) {
        DenseMatrix matrix = model.getWeightsCopy();
        int fraud = model.getOutputIDInfo().getID(new Label(FRAUD));
        int legitimate = model.getOutputIDInfo().getID(new Label(LEGITIMATE));
        double[] weights = new double[2 * width + 1];
        for (int v = 0; v < 2 * width; v++) {
            int id = model.getFeatureIDMap().getID(Integer.toString(v));
            weights[v] = id < 0 ? 0 : matrix.get(fraud, id) - matrix.get(legitimate, id);
        }
        int bias = matrix.getDimension2Size() - 1;
        weights[2 * width] = matrix.get(fraud, bias) - matrix.get(legitimate, bias);
        return weights;
    }

    private double[] means(double[] weights, double[] missing) {
        double[] stands = sample.weights();
        double all = Arrays.stream(stands).sum();
        double[] means = new double[width];
        for (int row = 0; row < rows.length; row++) {
            for (int v = 0; v < width; v++) {
                means[v] += stands[row] / all * (Double.isNaN(rows[row][v]) ? missing[v] : weights[v] * LinearModel.kept(rows[row][v]));
            }
        }
        return means;
    }
}
