package io.kontor.risk.randomforest;

import io.kontor.api.KontorException;
import io.kontor.api.feature.FittedFeatures;
import io.kontor.api.feature.Scaling;
import io.kontor.api.model.Training;
import io.kontor.api.risk.TransactionSample;
import io.kontor.api.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Learns a model: takes a sample of the labelled payments, grows trees, calibrates. */
final class Learning {

    private static final long GROWING = 0x8cb92ba72f3d8dd7L;

    private final Training training;
    private final Store store;
    private final int trees;
    private final int mostRows;
    private final boolean pruned;

    /**
     * A training.
     *
     * @param training what the platform gave
     * @param store the store
     * @param trees how many trees to grow
     * @param mostRows how many payments to learn from at most
     * @param pruned whether trees are cut back as far as they are not worse for it
     */
    Learning(Training training, Store store, int trees, int mostRows, boolean pruned) {
        this.training = training;
        this.store = store;
        this.trees = trees;
        this.mostRows = mostRows;
        this.pruned = pruned;
    }

    FraudModel learn() {
        TransactionSample sample = TransactionSample.take(training, store, Scaling.NONE, mostRows);
        int[] useful = varying(sample.rows(), sample.features().set().width());
        double[][] values = select(sample.rows(), useful);
        Bins bins = Bins.of(values, useful.length);
        training.job().log(sample.frauds() + " frauds among " + sample.labelled() + " labelled transactions; learning from "
                + sample.rows().length + " of them by " + useful.length + " inputs");
        return grow(sample.features(), useful, new Grove(bins, values, sample.fraud(), sample.weights(), pruned));
    }

    /** Inputs that are not the same for all rows. */
    private static int[] varying(double[][] rows, int inputs) {
        int[] varying = new int[inputs];
        int count = 0;
        for (int f = 0; f < inputs; f++) {
            for (double[] row : rows) {
                if (Double.compare(row[f], rows[0][f]) != 0) {
                    varying[count++] = f;
                    break;
                }
            }
        }
        return Arrays.copyOf(varying, count);
    }

    private static double[][] select(double[][] rows, int[] inputs) {
        double[][] selected = new double[rows.length][inputs.length];
        for (int row = 0; row < rows.length; row++) {
            for (int f = 0; f < inputs.length; f++) {
                selected[row][f] = rows[row][inputs[f]];
            }
        }
        return selected;
    }

    private FraudModel grow(FittedFeatures all, int[] useful, Grove grove) {
        if (useful.length == 0) {
            throw new KontorException(KontorException.Kind.DATA, "All labelled transactions of store " + store.id()
                    + " are alike, so there is nothing to tell fraud by.");
        }
        TribuoTrees growing = new TribuoTrees(grove.bytes(), grove.fraud(), training.seed() ^ GROWING);
        for (int tree = 0; tree < trees; tree += training.job().threads()) {
            training.job().checkCancelled();
            training.job().progress(0.2 + 0.8 * tree / trees, "tree " + (tree + 1) + " of " + trees);
            List<Supplier<TribuoTrees.Grown>> next = new ArrayList<>();
            while (next.size() < Math.min(training.job().threads(), trees - tree)) {
                next.add(growing.draw());
            }
            training.job().all(next).forEach(grove::add);
        }
        Grove.Grown grown = grove.grown();
        FlatForest forest = grown.forest();
        boolean[] asked = forest.asked(useful.length);
        int[] numbers = new int[useful.length];
        int[] kept = new int[useful.length];
        int size = 0;
        for (int f = 0; f < useful.length; f++) {
            if (asked[f]) {
                numbers[f] = size;
                kept[size++] = useful[f];
            }
        }
        training.job().log(trees + " trees with " + forest.nodes() + " nodes ask for " + size + " inputs");
        return new FraudModel(all.only(Arrays.copyOf(kept, size)), forest.renumbered(numbers), grown.calibration());
    }
}
