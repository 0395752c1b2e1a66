package io.kontor.risk.randomforest;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.model.Training;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.Consumer;

/**
 * Learns a model: surveys the labelled payments, takes rows from them, grows trees, calibrates. Payments without a label are not learned
 * from, but count as what came before others.
 */
final class Learning {

    private static final int LEAST_OF_A_KIND = 10;
    private static final int ASKED_EVERY = 256;
    private static final long FOLDING = 0x9e3779b97f4a7c15L;
    private static final long TAKING = 0xd1b54a32d192ed03L;
    private static final long GROWING = 0x8cb92ba72f3d8dd7L;

    private final Training training;
    private final ZoneId zone;
    private final String store;
    private final int trees;
    private final int mostRows;

    /**
     * A training.
     *
     * @param training what the platform gave
     * @param zone the store's time zone
     * @param store the store's id, for sentences
     * @param trees how many trees to grow
     * @param mostRows how many payments to learn from at most
     */
    Learning(Training training, ZoneId zone, String store, int trees, int mostRows) {
        this.training = training;
        this.zone = zone;
        this.store = store;
        this.trees = trees;
        this.mostRows = mostRows;
    }

    FraudModel learn() {
        training.job().progress(0, "looking at the labels");
        Survey survey = new Survey();
        each(training.data(), row -> {
            if (row.label() != LabelledTransaction.Label.UNKNOWN) {
                survey.add(row, fold(row));
            }
        });
        check(survey);
        Inputs all = new Inputs(survey.features(), zone);
        training.job().progress(0.1, "counting what came before each payment");
        Rows rows = rows(survey, all);
        int[] useful = varying(rows.values(), all.features().size());
        double[][] values = select(rows.values(), useful);
        Bins bins = Bins.of(values, useful.length);
        double[] weights = rows.weights(survey.frauds(), survey.legitimate());
        training.job().log(survey.frauds() + " frauds among " + (survey.frauds() + survey.legitimate())
                + " labelled transactions; learning from " + rows.size() + " of them by " + useful.length + " inputs");
        return grow(survey, all, useful, new Grove(bins, values, rows.fraud(), weights));
    }

    private void check(Survey survey) {
        if (survey.frauds() < LEAST_OF_A_KIND || survey.legitimate() < LEAST_OF_A_KIND) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + store + " has " + survey.frauds()
                    + " transactions labelled fraud and " + survey.legitimate() + " labelled legitimate; at least "
                    + LEAST_OF_A_KIND + " of each are needed to learn from.");
        }
    }

    private void each(Snapshot data, Consumer<LabelledTransaction> consumer) {
        int[] count = {0};
        LabelledTransaction.read(data, row -> {
            if (count[0]++ % ASKED_EVERY == 0) {
                training.job().checkCancelled();
            }
            consumer.accept(row);
        });
    }

    private int fold(LabelledTransaction row) {
        return (int) (Draw.of(row.transaction().id(), training.seed() ^ FOLDING) * Encoding.FOLDS);
    }

    private Rows rows(Survey survey, Inputs all) {
        double ofFrauds = Math.min(1, Math.max(mostRows / 2, mostRows - survey.legitimate()) / (double) survey.frauds());
        double ofOthers = Math.min(1, (mostRows - ofFrauds * survey.frauds()) / survey.legitimate());
        Rows rows = new Rows();
        RecentTransactions recent = new RecentTransactions();
        Encoding.Counts[] counts = all.features().stream().map(feature -> encoded(feature) ? survey.counts(feature) : null)
                .toArray(Encoding.Counts[]::new);
        each(training.data(), row -> {
            if (row.label() != LabelledTransaction.Label.UNKNOWN) {
                boolean fraud = row.label() == LabelledTransaction.Label.FRAUD;
                if (Draw.of(row.transaction().id(), training.seed() ^ TAKING) < (fraud ? ofFrauds : ofOthers)) {
                    int fold = fold(row);
                    rows.add(all.of(recent.request(row.transaction()), (feature, text) -> counts[feature].outside(text, fold)), fraud);
                }
            }
            recent.add(row.transaction());
        });
        return rows;
    }

    private static boolean encoded(Feature feature) {
        return feature.kind() == Feature.Kind.FIELD || feature.kind() == Feature.Kind.TEXT;
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

    private FraudModel grow(Survey survey, Inputs all, int[] useful, Grove grove) {
        if (useful.length == 0) {
            throw new KontorException(KontorException.Kind.DATA, "All labelled transactions of store " + store
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
        FlatForest forest = grove.forest();
        Calibration calibration = grove.calibration();
        boolean[] asked = forest.asked(useful.length);
        int[] numbers = new int[useful.length];
        List<Feature> features = new ArrayList<>();
        List<Encoding> encodings = new ArrayList<>();
        for (int f = 0; f < useful.length; f++) {
            if (asked[f]) {
                Feature feature = all.features().get(useful[f]);
                numbers[f] = features.size();
                features.add(feature);
                encodings.add(encoded(feature) ? survey.counts(feature).encoding() : null);
            }
        }
        training.job().log(trees + " trees with " + forest.nodes() + " nodes ask for " + features.size() + " inputs");
        return new FraudModel(new Inputs(features, zone), encodings.toArray(Encoding[]::new), forest.renumbered(numbers), calibration);
    }
}
