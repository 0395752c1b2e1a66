package io.kontor.risk.randomforest;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.dataset.DatasetView;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Grows the trees of a random forest (Breiman, Random forests, 2001) with Tribuo, one at a time, so that a job can tell its progress and stop
 * in between. Tribuo's own forest draws every bag from all rows; here a bag is bounded, and frauds are at most half of it but as many as
 * there are (Chen, Liaw and Breiman, Using random forest to learn imbalanced data, 2004), which keeps training short and the rare frauds in
 * each tree. Scores are set right afterwards by {@link Calibration}.
 */
final class TribuoTrees {

    /** The label of frauds. */
    static final String FRAUD = "fraud";
    /** The label of all others. */
    static final String LEGITIMATE = "legitimate";

    private static final int MOST_ROWS_OF_A_BAG = 5_000;
    private static final int DEEPEST = 20;
    private static final float LEAST_WEIGHT_TO_SPLIT = 2;

    private final MutableDataset<Label> data;
    private final int[] frauds;
    private final int[] others;
    private final float share;
    private final SplittableRandom random;

    /**
     * A tree and what it has learned from.
     *
     * @param model the tree
     * @param bag indices of the rows drawn, some of them more than once
     */
    record Grown(TreeModel<Label> model, int[] bag) {
    }

    /**
     * Trees over some rows.
     *
     * @param bins the bin of each input of each row
     * @param fraud what each row is
     * @param seed the only source of randomness
     */
    TribuoTrees(byte[][] bins, boolean[] fraud, long seed) {
        LabelFactory labels = new LabelFactory();
        data = new MutableDataset<>(new SimpleDataSourceProvenance("transactions", labels), labels);
        Label[] kinds = {new Label(LEGITIMATE), new Label(FRAUD)};
        int[] byKind = new int[2];
        int[][] indices = new int[2][bins.length];
        for (int row = 0; row < bins.length; row++) {
            int kind = fraud[row] ? 1 : 0;
            data.add(example(bins[row], kinds[kind]));
            indices[kind][byKind[kind]++] = row;
        }
        others = Arrays.copyOf(indices[0], byKind[0]);
        frauds = Arrays.copyOf(indices[1], byKind[1]);
        int inputs = data.getFeatureMap().size();
        share = (float) Math.min(1, Math.max(1, Math.ceil(1.5 * Math.sqrt(inputs))) / inputs);
        random = new SplittableRandom(seed);
    }

    /**
     * A row as Tribuo wants it; missing values are left out.
     *
     * @param bins the bin of each input
     * @param label what the row is
     * @return the example
     */
    static ArrayExample<Label> example(byte[] bins, Label label) {
        int present = 0;
        for (byte bin : bins) {
            present += bin > 0 ? 1 : 0;
        }
        String[] names = new String[present];
        double[] values = new double[present];
        int at = 0;
        for (int f = 0; f < bins.length; f++) {
            if (bins[f] > 0) {
                names[at] = name(f);
                values[at++] = bins[f];
            }
        }
        return new ArrayExample<>(label, names, values);
    }

    private static String name(int input) {
        return Integer.toString(input);
    }

    /** The input that a feature of a tree stands for. */
    static int input(TreeModel<Label> tree, int feature) {
        return Integer.parseInt(tree.getFeatureIDMap().get(feature).getName());
    }

    /**
     * Draws what the next tree learns from.
     *
     * @return grows the tree when it is called, on any thread
     */
    Supplier<Grown> draw() {
        int size = Math.min(frauds.length + others.length, MOST_ROWS_OF_A_BAG);
        int ofFrauds = Math.min(frauds.length, Math.max(size / 2, size - others.length));
        int[] bag = new int[size];
        for (int i = 0; i < size; i++) {
            bag[i] = i < ofFrauds ? frauds[random.nextInt(frauds.length)] : others[random.nextInt(others.length)];
        }
        long seed = random.nextLong();
        return () -> grow(bag, seed);
    }

    private Grown grow(int[] bag, long seed) {
        CARTClassificationTrainer trainer = new CARTClassificationTrainer(DEEPEST, LEAST_WEIGHT_TO_SPLIT, 0, share, false, new GiniIndex(),
                seed);
        return new Grown(trainer.train(new DatasetView<>(data, bag, "bag"), Map.of()), bag);
    }
}
