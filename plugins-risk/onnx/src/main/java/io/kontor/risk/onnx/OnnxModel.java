package io.kontor.risk.onnx;

import io.kontor.api.KontorException;
import io.kontor.api.risk.RiskRequest;
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

/** A classifier with the inputs it is given and the thresholds that a store's labelled transactions gave. Immutable. */
public final class OnnxModel {

    private static final int MAGIC = 0x4b4f4e31;
    private static final int END = 0x454e4421;
    private static final int MOST_INPUTS = 1_000;
    private static final int MOST_BYTES = 64 << 20;

    private final Given given;
    private final Learned learned;
    private final List<ModelInput> inputs;
    private final OnnxSession session;

    /**
     * What an operator gives.
     *
     * @param file the file's name
     * @param bytes the file
     * @param lines the columns of the input, see {@link ModelInput}
     * @param output the output with the probabilities; empty for the first that can hold some
     * @param label which class is fraud
     * @param zone the store's time zone
     */
    record Given(String file, byte[] bytes, List<String> lines, String output, String label, ZoneId zone) {
    }

    /**
     * What the labelled transactions give.
     *
     * @param reviewFrom from which score on a person should look; may be infinite
     * @param declineFrom from which score on transactions are declined; may be infinite
     * @param usual what each input usually is
     */
    record Learned(double reviewFrom, double declineFrom, float[] usual) {
    }

    /**
     * A score with what each input has to do with it.
     *
     * @param score the probability of fraud
     * @param values one an input
     * @param effects by how much the score falls when an input has its usual value and the others stay
     */
    record Explained(double score, float[] values, double[] effects) {
    }

    private OnnxModel(Given given, Learned learned, List<ModelInput> inputs, OnnxSession session) {
        this.given = given;
        this.learned = learned;
        this.inputs = inputs;
        this.session = session;
    }

    /**
     * Loads a classifier.
     *
     * @param given what the operator gives
     * @return the classifier, which declines nothing yet
     * @throws KontorException of kind CONFIGURATION with what is wrong with it
     */
    static OnnxModel load(Given given) {
        List<ModelInput> inputs = ModelInput.of(given.lines);
        if (inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "The settings name " + inputs.size() + " inputs; name 1 to "
                    + MOST_INPUTS + ".");
        }
        OnnxFile.check(given.file, given.bytes);
        return new OnnxModel(given, new Learned(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, new float[inputs.size()]), inputs,
                new OnnxSession(given.file, given.bytes, inputs.size(), given.output, given.label));
    }

    OnnxModel with(Learned better) {
        return new OnnxModel(given, better, inputs, session);
    }

    OnnxSession session() {
        return session;
    }

    List<ModelInput> inputs() {
        return inputs;
    }

    Learned learned() {
        return learned;
    }

    float[] row(RiskRequest request) {
        return ModelInput.row(inputs, request, given.zone);
    }

    double score(RiskRequest request) {
        return session.scores(row(request))[0];
    }

    /** Scores a transaction as it is and once for each input with that one's usual value, all in one call. */
    Explained explain(RiskRequest request) {
        float[] values = row(request);
        int size = values.length;
        float[] batch = new float[(size + 1) * size];
        for (int row = 0; row <= size; row++) {
            System.arraycopy(values, 0, batch, row * size, size);
            if (row < size) {
                batch[row * size + row] = learned.usual[row];
            }
        }
        double[] scores = session.scores(batch);
        double[] effects = new double[size];
        for (int c = 0; c < size; c++) {
            effects[c] = scores[size] - scores[c];
        }
        return new Explained(scores[size], values, effects);
    }

    void write(OutputStream target) throws IOException {
        GZIPOutputStream zipped = new GZIPOutputStream(target);
        DataOutputStream out = new DataOutputStream(zipped);
        out.writeInt(MAGIC);
        out.writeUTF(given.file);
        out.writeUTF(given.output);
        out.writeUTF(given.label);
        out.writeUTF(given.zone.getId());
        out.writeInt(given.lines.size());
        for (int c = 0; c < given.lines.size(); c++) {
            out.writeUTF(given.lines.get(c));
            out.writeFloat(learned.usual[c]);
        }
        out.writeDouble(learned.reviewFrom);
        out.writeDouble(learned.declineFrom);
        out.writeInt(given.bytes.length);
        out.write(given.bytes);
        out.writeInt(END);
        out.flush();
        zipped.finish();
    }

    static OnnxModel read(InputStream source) throws IOException {
        DataInputStream in = new DataInputStream(new GZIPInputStream(source));
        if (in.readInt() != MAGIC) {
            throw new IOException("This is no model of an ONNX classifier.");
        }
        String file = in.readUTF();
        String output = in.readUTF();
        String label = in.readUTF();
        String zone = in.readUTF();
        int size = within(in.readInt(), MOST_INPUTS, " inputs");
        List<String> lines = new ArrayList<>();
        float[] usual = new float[size];
        for (int c = 0; c < size; c++) {
            lines.add(in.readUTF());
            usual[c] = in.readFloat();
        }
        double reviewFrom = in.readDouble();
        double declineFrom = in.readDouble();
        byte[] bytes = in.readNBytes(within(in.readInt(), MOST_BYTES, " bytes"));
        if (in.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        try {
            return load(new Given(file, bytes, lines, output, label, ZoneId.of(zone))).with(new Learned(reviewFrom, declineFrom, usual));
        } catch (KontorException | DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static int within(int size, int most, String what) throws IOException {
        if (size < 1 || size > most) {
            throw new IOException("The model says that it has " + size + what + ".");
        }
        return size;
    }
}
