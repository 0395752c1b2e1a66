package io.kontor.api.risk;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.FittedFeatures;
import io.kontor.api.feature.Fitting;
import io.kontor.api.feature.LeakSuspect;
import io.kontor.api.feature.Row;
import io.kontor.api.feature.Scaling;
import io.kontor.api.model.Training;
import io.kontor.api.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a risk scorer learns from: labelled transactions with the numbers of their features as they were known at the time. Legitimate ones
 * are thinned first when there are too many; the weights undo it. Transactions without a label are no rows, but count as what came before
 * others. Features that alone tell frauds from others are named in the job's log. Immutable as long as its arrays are left alone.
 */
public final class TransactionSample {

    /** Of fewer frauds or legitimate transactions nothing is learned. */
    public static final int LEAST_OF_A_KIND = 10;

    private static final int ASKED_EVERY = 256;
    private static final long TAKING = 0xd1b54a32d192ed03L;
    private static final int FIRST = 1_024;

    private final TransactionSurvey survey;
    private FittedFeatures features;
    private double[][] rows = new double[FIRST][];
    private boolean[] fraud = new boolean[FIRST];
    private int size;

    private TransactionSample(TransactionSurvey survey) {
        this.survey = survey;
    }

    /**
     * Reads the transactions of a training twice and takes a sample of the labelled ones.
     *
     * @param training what the platform gave; its job hears of progress up to 0.2
     * @param store the store
     * @param scaling how numbers are scaled
     * @param most how many rows at most
     * @return the sample
     * @throws KontorException of kind DATA when there are fewer than {@value #LEAST_OF_A_KIND} frauds or others
     */
    public static TransactionSample take(Training training, Store store, Scaling scaling, int most) {
        training.job().progress(0, "looking at the labels");
        TransactionSurvey survey = new TransactionSurvey();
        each(training, survey::add);
        if (survey.frauds() < LEAST_OF_A_KIND || survey.legitimate() < LEAST_OF_A_KIND) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + store.id() + " has " + survey.frauds()
                    + " transactions labelled fraud and " + survey.legitimate() + " labelled legitimate; at least "
                    + LEAST_OF_A_KIND + " of each are needed to learn from.");
        }
        training.job().progress(0.1, "counting what came before each payment");
        TransactionSample sample = new TransactionSample(survey);
        Fitting fitting = new Fitting(survey.features(scaling), store.timeZone());
        sample.fill(training, fitting, survey.features(scaling), most);
        List<LeakSuspect> suspects = fitting.suspects(sample.rows, sample.fraud);
        suspects.forEach(suspect -> training.job().log(suspect.sentence()));
        sample.features = fitting.fitted().suspecting(suspects);
        for (double[] row : sample.rows) {
            sample.features.scale(row);
        }
        return sample;
    }

    private static void each(Training training, Consumer<LabelledTransaction> consumer) {
        Snapshot data = training.data();
        int[] count = {0};
        LabelledTransaction.read(data, row -> {
            if (count[0]++ % ASKED_EVERY == 0) {
                training.job().checkCancelled();
            }
            consumer.accept(row);
        });
    }

    private void fill(Training training, Fitting fitting, FeatureSet set, int most) {
        double ofFrauds = Math.min(1, Math.max(most / 2, most - survey.legitimate()) / (double) survey.frauds());
        double ofOthers = Math.min(1, (most - ofFrauds * survey.frauds()) / survey.legitimate());
        TransactionRows transactions = new TransactionRows(set);
        RecentTransactions recent = new RecentTransactions();
        each(training, labelled -> {
            if (labelled.label() != LabelledTransaction.Label.UNKNOWN) {
                boolean isFraud = labelled.label() == LabelledTransaction.Label.FRAUD;
                Row row = transactions.row(labelled.transaction());
                if (Draw.of(labelled.transaction().id(), training.seed() ^ TAKING) < (isFraud ? ofFrauds : ofOthers)) {
                    add(fitting.encode(row, transactions.earlier(recent.request(labelled.transaction()))), isFraud);
                }
                fitting.label(row, isFraud, labelled.labelTime().toEpochMilli());
            }
            recent.add(labelled.transaction());
        });
        rows = Arrays.copyOf(rows, size);
        fraud = Arrays.copyOf(fraud, size);
    }

    private void add(double[] row, boolean isFraud) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
            fraud = Arrays.copyOf(fraud, size * 2);
        }
        rows[size] = row;
        fraud[size++] = isFraud;
    }

    /**
     * The features as they are served, with suspected leaks noted.
     *
     * @return the fitted features
     */
    public FittedFeatures features() {
        return features;
    }

    /**
     * The numbers of each row in the order of time, scaled.
     *
     * @return {@link FeatureSet#width} numbers a row; NaN for what is missing
     */
    public double[][] rows() {
        return rows;
    }

    /**
     * What each row is.
     *
     * @return true for fraud
     */
    public boolean[] fraud() {
        return fraud;
    }

    /**
     * How many transactions each row stands for.
     *
     * @return from 1
     */
    public double[] weights() {
        int taken = 0;
        for (boolean each : fraud) {
            taken += each ? 1 : 0;
        }
        double[] weights = new double[size];
        for (int row = 0; row < size; row++) {
            weights[row] = fraud[row] ? (double) survey.frauds() / taken : (double) survey.legitimate() / (size - taken);
        }
        return weights;
    }

    /**
     * How many frauds there were to take rows from.
     *
     * @return a count
     */
    public int frauds() {
        return survey.frauds();
    }

    /**
     * How many labelled transactions there were.
     *
     * @return a count
     */
    public int labelled() {
        return survey.frauds() + survey.legitimate();
    }
}
