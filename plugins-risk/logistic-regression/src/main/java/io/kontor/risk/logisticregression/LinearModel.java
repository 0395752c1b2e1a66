package io.kontor.risk.logisticregression;

import io.kontor.api.feature.FittedFeatures;
import io.kontor.api.feature.Row;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TransactionRows;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The model: log odds of fraud = intercept + sum over the numbers of (weight x number, or what a missing one adds). Numbers are kept to a
 * range, so that none that is far beyond all that was learned from outvotes all others. Immutable.
 */
public final class LinearModel {

    private static final int MAGIC = 0x4b4c5231;
    private static final int END = 0x454e4421;

    private final FittedFeatures features;
    private final TransactionRows rows;
    private final double intercept;
    private final double[] weights;
    private final double[] missing;
    private final double[] means;
    private final double base;

    /**
     * A transaction's score with how it came about.
     *
     * @param score the probability of fraud
     * @param base that of a transaction whose terms are all as in the mean
     * @param values one a number, not scaled; NaN for what is missing
     * @param terms by how much the term of each number exceeds its mean, in log odds
     */
    record Explained(double score, double base, double[] values, double[] terms) {
    }

    /**
     * A model.
     *
     * @param features what it asks for
     * @param intercept in log odds
     * @param weights one a number
     * @param missing what each number adds when it is missing
     * @param means of each number's term over the transactions learned from
     */
    LinearModel(FittedFeatures features, double intercept, double[] weights, double[] missing, double[] means) {
        this.features = features;
        rows = new TransactionRows(features.set());
        this.intercept = intercept;
        this.weights = weights;
        this.missing = missing;
        this.means = means;
        double sum = intercept;
        for (double mean : means) {
            sum += mean;
        }
        base = sum;
    }

    /** Keeps a scaled number to where training saw some. */
    static double kept(double value) {
        return Math.max(-Learning.FARTHEST, Math.min(Learning.FARTHEST, value));
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    FittedFeatures features() {
        return features;
    }

    private double term(int v, double value) {
        return Double.isNaN(value) ? missing[v] : weights[v] * kept(value);
    }

    double logOdds(double[] scaled) {
        double sum = intercept;
        for (int v = 0; v < weights.length; v++) {
            sum += term(v, scaled[v]);
        }
        return sum;
    }

    double score(RiskRequest request) {
        return probability(logOdds(features.values(rows.row(request.transaction()), rows.earlier(request))));
    }

    Explained explain(RiskRequest request) {
        Row row = rows.row(request.transaction());
        double[] values = features.unscaled(row, rows.earlier(request));
        double[] scaled = values.clone();
        features.scale(scaled);
        double[] terms = new double[weights.length];
        for (int v = 0; v < terms.length; v++) {
            terms[v] = term(v, scaled[v]) - means[v];
        }
        return new Explained(probability(logOdds(scaled)), probability(base), values, terms);
    }

    void write(OutputStream target) throws IOException {
        GZIPOutputStream zipped = new GZIPOutputStream(target);
        DataOutputStream out = new DataOutputStream(zipped);
        out.writeInt(MAGIC);
        features.write(out);
        out.writeDouble(intercept);
        for (int v = 0; v < weights.length; v++) {
            out.writeDouble(weights[v]);
            out.writeDouble(missing[v]);
            out.writeDouble(means[v]);
        }
        out.writeInt(END);
        out.flush();
        zipped.finish();
    }

    static LinearModel read(InputStream source) throws IOException {
        DataInputStream in = new DataInputStream(new GZIPInputStream(source));
        if (in.readInt() != MAGIC) {
            throw new IOException("This is no logistic regression for risk.");
        }
        FittedFeatures features = FittedFeatures.read(in);
        double intercept = finite(in);
        double[] weights = new double[features.set().width()];
        double[] missing = new double[weights.length];
        double[] means = new double[weights.length];
        for (int v = 0; v < weights.length; v++) {
            weights[v] = finite(in);
            missing[v] = finite(in);
            means[v] = finite(in);
        }
        if (in.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        try {
            return new LinearModel(features, intercept, weights, missing, means);
        } catch (IllegalArgumentException e) {
            throw new IOException("The model's features are none of transactions: " + e.getMessage(), e);
        }
    }

    private static double finite(DataInputStream in) throws IOException {
        double number = in.readDouble();
        if (!Double.isFinite(number)) {
            throw new IOException("The model has the weight " + number + ".");
        }
        return number;
    }
}
