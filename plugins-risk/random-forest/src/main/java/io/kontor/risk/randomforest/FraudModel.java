package io.kontor.risk.randomforest;

import io.kontor.api.explain.TreeExplainer;
import io.kontor.api.feature.FittedFeatures;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TransactionRows;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The model: which features there are, the forest, and how its shares become probabilities. Immutable. */
public final class FraudModel {

    private static final int MAGIC = 0x4b524634;
    /** Of models whose nodes were written one by one. */
    private static final int THIRD = 0x4b524633;
    /** Of models whose inputs were not described as features. */
    private static final int SECOND = 0x4b524632;
    private static final int FIRST = 0x4b52464d;
    private static final int END = 0x454e4421;

    private final FittedFeatures features;
    private final TransactionRows rows;
    private final FlatForest forest;
    private final Calibration calibration;
    private final TreeExplainer explainer;
    private final double base;

    /**
     * A payment's score with how it came about.
     *
     * @param score the probability of fraud
     * @param base that of a payment of which nothing is known
     * @param values one a feature; NaN for what is missing
     * @param contributions one a feature; they add up to score - base
     */
    record Explained(double score, double base, double[] values, double[] contributions) {
    }

    /**
     * A model.
     *
     * @param features what the forest asks for, each one number
     * @param forest the trees
     * @param calibration of the forest's shares
     */
    FraudModel(FittedFeatures features, FlatForest forest, Calibration calibration) {
        this.features = features;
        rows = new TransactionRows(features.set());
        this.forest = forest;
        this.calibration = calibration;
        explainer = forest.explainer();
        base = calibration.of(explainer.base());
    }

    FittedFeatures features() {
        return features;
    }

    FlatForest forest() {
        return forest;
    }

    double[] values(RiskRequest request) {
        return features.values(rows.row(request.transaction()), rows.earlier(request));
    }

    double score(RiskRequest request) {
        return calibration.of(forest.score(values(request)));
    }

    /**
     * Scores and explains. What each input has added to the forest's share is its Shapley value; as the probability is a function of the share,
     * its distance from the base is divided among the inputs in proportion.
     */
    Explained explain(RiskRequest request) {
        double[] values = values(request);
        double[] contributions = new double[values.length];
        explainer.explain(values, contributions, explainer.workspace());
        double share = forest.score(values);
        double score = calibration.of(share);
        double moved = share - explainer.base();
        double scale = Math.abs(moved) < 1e-12 ? 0 : (score - base) / moved;
        for (int f = 0; f < contributions.length; f++) {
            contributions[f] *= scale;
        }
        return new Explained(score, base, values, contributions);
    }

    void write(OutputStream target) throws IOException {
        GZIPOutputStream zipped = new GZIPOutputStream(target);
        DataOutputStream out = new DataOutputStream(zipped);
        out.writeInt(MAGIC);
        features.write(out);
        forest.write(out, features.set().width());
        calibration.write(out);
        out.writeInt(END);
        out.flush();
        zipped.finish();
    }

    static FraudModel read(InputStream source) throws IOException {
        DataInputStream in = new DataInputStream(new GZIPInputStream(source));
        int magic = in.readInt();
        if (magic == FIRST || magic == SECOND || magic == THIRD) {
            throw new IOException("This model was learned by an earlier version of the random forest; train it again.");
        }
        if (magic != MAGIC) {
            throw new IOException("This is no random forest for risk.");
        }
        try {
            FittedFeatures features = FittedFeatures.read(in);
            FlatForest forest = FlatForest.read(in, features.set().width());
            Calibration calibration = Calibration.read(in);
            if (in.readInt() != END) {
                throw new IOException("The model does not end where it should.");
            }
            return new FraudModel(features, forest, calibration);
        } catch (IllegalArgumentException e) {
            throw new IOException("The model's features are none of transactions: " + e.getMessage(), e);
        }
    }
}
