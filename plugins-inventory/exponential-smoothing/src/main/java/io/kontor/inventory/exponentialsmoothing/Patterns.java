package io.kontor.inventory.exponentialsmoothing;

import io.kontor.api.data.Step;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The model: a pattern for each product and length of period. Immutable; safe for use by several threads. */
public final class Patterns {

    private static final int MAGIC = 0x4b455432;
    private static final int END = 0x454e4421;
    private static final int MOST = 10_000_000;

    private final Map<Step, TreeMap<String, Pattern>> byStep;

    private final Map<Step, Calibration> calibrations;

    Patterns(Map<Step, TreeMap<String, Pattern>> byStep, Map<Step, Calibration> calibrations) {
        this.byStep = byStep;
        this.calibrations = calibrations;
    }

    Calibration calibration(Step step) {
        return calibrations.getOrDefault(step, Calibration.NONE);
    }

    Pattern of(String product, Step step) {
        return byStep.get(step).getOrDefault(product, Pattern.UNKNOWN);
    }

    int size() {
        return byStep.values().stream().mapToInt(Map::size).sum();
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        for (Step step : Step.values()) {
            calibration(step).write(data);
            data.writeInt(byStep.get(step).size());
            for (Map.Entry<String, Pattern> entry : byStep.get(step).entrySet()) {
                Pattern pattern = entry.getValue();
                data.writeUTF(entry.getKey());
                data.writeByte(pattern.form().index());
                for (double value : new double[] {pattern.alpha(), pattern.beta(), pattern.gamma(), pattern.phi(), pattern.theta()}) {
                    data.writeFloat((float) value);
                }
            }
        }
        data.writeInt(END);
        data.flush();
    }

    static Patterns read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("These are not the patterns of exponential smoothing, or those of an earlier version; train again.");
        }
        Map<Step, TreeMap<String, Pattern>> byStep = new EnumMap<>(Step.class);
        Map<Step, Calibration> calibrations = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            calibrations.put(step, Calibration.read(data));
            int count = data.readInt();
            if (count < 0 || count > MOST) {
                throw new IOException("The model says that it has " + count + " patterns.");
            }
            TreeMap<String, Pattern> patterns = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                patterns.put(data.readUTF(), pattern(data));
            }
            byStep.put(step, patterns);
        }
        if (data.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Patterns(byStep, calibrations);
    }

    private static Pattern pattern(DataInputStream data) throws IOException {
        int form = data.readByte();
        float[] values = new float[5];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.readFloat();
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new IOException("A smoothing parameter of the model is " + values[i] + ".");
            }
        }
        try {
            return new Pattern(Form.at(form), values[0], values[1], values[2], values[3], values[4]);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("The model names a form " + form + " that there is not.", e);
        }
    }
}
