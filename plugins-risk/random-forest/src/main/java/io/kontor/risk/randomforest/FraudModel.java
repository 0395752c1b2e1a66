package io.kontor.risk.randomforest;

import io.kontor.api.explain.TreeExplainer;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.SharedKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The model: which inputs there are, how texts become numbers, the forest, and how its shares become probabilities. Immutable. */
public final class FraudModel {

    private static final int MAGIC = 0x4b524632;
    /** Of models without covers. */
    private static final int EARLIER = 0x4b52464d;
    private static final int END = 0x454e4421;
    private static final int MOST_INPUTS = 10_000;

    private final Inputs inputs;
    private final Encoding[] encodings;
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
     * @param inputs what the forest asks for
     * @param encodings one an input; null for those that are no texts
     * @param forest the trees
     * @param calibration of the forest's shares
     */
    FraudModel(Inputs inputs, Encoding[] encodings, FlatForest forest, Calibration calibration) {
        this.inputs = inputs;
        this.encodings = encodings;
        this.forest = forest;
        this.calibration = calibration;
        explainer = forest.explainer();
        base = calibration.of(explainer.base());
    }

    List<Feature> features() {
        return inputs.features();
    }

    ZoneId zone() {
        return inputs.zone();
    }

    FlatForest forest() {
        return forest;
    }

    double[] values(RiskRequest request) {
        return inputs.of(request, (feature, text) -> encodings[feature].of(text));
    }

    double score(RiskRequest request) {
        return calibration.of(forest.score(values(request)));
    }

    /** Whether a text of an input came often enough in training to have a number of its own. */
    boolean knows(int feature, String text) {
        return encodings[feature].knows(text);
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
        out.writeUTF(inputs.zone().getId());
        out.writeInt(features().size());
        for (int f = 0; f < features().size(); f++) {
            Feature feature = features().get(f);
            out.writeUTF(feature.kind().name());
            out.writeUTF(feature.name());
            if (feature.kind() == Feature.Kind.LINK) {
                out.writeUTF(feature.key().name());
                out.writeUTF(feature.stat().name());
            }
            if (encodings[f] != null) {
                encodings[f].write(out);
            }
        }
        forest.write(out);
        calibration.write(out);
        out.writeInt(END);
        out.flush();
        zipped.finish();
    }

    static FraudModel read(InputStream source) throws IOException {
        DataInputStream in = new DataInputStream(new GZIPInputStream(source));
        int magic = in.readInt();
        if (magic != MAGIC && magic != EARLIER) {
            throw new IOException("This is no random forest for risk.");
        }
        try {
            ZoneId zone = ZoneId.of(in.readUTF());
            int size = in.readInt();
            if (size < 1 || size > MOST_INPUTS) {
                throw new IOException("The model says that it has " + size + " inputs.");
            }
            List<Feature> features = new ArrayList<>();
            Encoding[] encodings = new Encoding[size];
            for (int f = 0; f < size; f++) {
                Feature.Kind kind = Feature.Kind.valueOf(in.readUTF());
                String name = in.readUTF();
                features.add(kind != Feature.Kind.LINK ? Feature.of(kind, name)
                        : Feature.link(SharedKey.valueOf(in.readUTF()), LinkStat.valueOf(in.readUTF())));
                encodings[f] = kind == Feature.Kind.FIELD || kind == Feature.Kind.TEXT ? Encoding.read(in) : null;
            }
            FlatForest forest = FlatForest.read(in, size, magic == MAGIC);
            Calibration calibration = Calibration.read(in);
            if (in.readInt() != END) {
                throw new IOException("The model does not end where it should.");
            }
            return new FraudModel(new Inputs(features, zone), encodings, forest, calibration);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("The model names something that there is not: " + e.getMessage(), e);
        }
    }
}
