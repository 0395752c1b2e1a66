package io.kontor.risk.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a classifier gives the probability of fraud: a column of a tensor {@code [rows, classes]}, its only column, or an entry of the map that
 * there is for each row (what scikit-learn's converters write unless told otherwise). Immutable.
 *
 * @param output the output's name
 * @param label which class is fraud: the column's number or the entry's key
 */
record FraudColumn(String output, String label) {

    /** Rounding of a sum of probabilities beyond 1. */
    private static final double SLACK = 1e-5;

    /**
     * Looks for it.
     *
     * @param file the file's name, for sentences
     * @param outputs what the classifier gives
     * @param wanted the name of the output; empty for the first that can hold probabilities
     * @param label which class is fraud
     * @return where it is
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when it is nowhere
     */
    static FraudColumn find(String file, Collection<NodeInfo> outputs, String wanted, String label) {
        for (NodeInfo each : outputs) {
            if (wanted.isEmpty() ? fits(each) : each.getName().equals(wanted)) {
                if (!fits(each)) {
                    throw OnnxFile.refused(file, "gives no probabilities as " + OnnxFile.quoted(wanted) + ", but " + words(each) + ".", null);
                }
                if (each.getInfo() instanceof TensorInfo tensor) {
                    checkLabel(file, each.getName(), tensor.getShape()[1], label);
                }
                return new FraudColumn(each.getName(), label);
            }
        }
        String there = outputs.stream().map(FraudColumn::words).collect(Collectors.joining(", "));
        throw OnnxFile.refused(file, wanted.isEmpty() ? "gives no probabilities, but " + there + "."
                : "has no output " + OnnxFile.quoted(wanted) + ", but " + there + ".", null);
    }

    private static boolean fits(NodeInfo output) {
        return output.getInfo() instanceof TensorInfo tensor ? tensor.type == OnnxJavaType.FLOAT && tensor.getShape().length == 2
                : output.getInfo() instanceof SequenceInfo sequence && sequence.isSequenceOfMaps()
                        && sequence.mapInfo.valueType == OnnxJavaType.FLOAT;
    }

    private static void checkLabel(String file, String output, long classes, String label) {
        if (classes == 1 || label.matches("\\d{1,4}") && (classes < 0 || Integer.parseInt(label) < classes)) {
            return;
        }
        throw OnnxFile.refused(file, "has " + classes + " classes in " + OnnxFile.quoted(output) + " and none with the number "
                + OnnxFile.quoted(label) + "; the first is 0.", null);
    }

    /** What an input or output is, in words. */
    static String words(NodeInfo info) {
        String name = OnnxFile.quoted(info.getName());
        return info.getInfo() instanceof TensorInfo tensor ? name + " of type " + tensor.type + " and shape "
                + Arrays.toString(tensor.getShape()) : name + " of type " + info.getInfo().getClass().getSimpleName();
    }

    /**
     * Reads the probabilities.
     *
     * @param value what the classifier gave
     * @param rows for how many rows
     * @return one a row, 0 to 1
     * @throws OrtException when the value cannot be read
     * @throws IllegalStateException with the end of a sentence, when it is no probability
     */
    double[] read(OnnxValue value, int rows) throws OrtException {
        double[] scores = value instanceof OnnxTensor tensor ? column(tensor, rows) : entries(((OnnxSequence) value).getValue());
        if (scores.length != rows) {
            throw new IllegalStateException("gives " + scores.length + " rows for " + rows);
        }
        for (int row = 0; row < rows; row++) {
            if (Double.isNaN(scores[row])) {
                throw new IllegalStateException("gives no number as " + OnnxFile.quoted(output)
                        + "; where an input may be missing, write what stands for it, as in \"attr.age or 0\"");
            }
            if (!(scores[row] >= -SLACK && scores[row] <= 1 + SLACK)) {
                throw new IllegalStateException("gives " + scores[row] + " as " + OnnxFile.quoted(output) + ", which is no probability");
            }
            scores[row] = Math.max(0, Math.min(1, scores[row]));
        }
        return scores;
    }

    private double[] column(OnnxTensor tensor, int rows) {
        FloatBuffer values = tensor.getFloatBuffer();
        int classes = values.remaining() / rows;
        int column = classes == 1 ? 0 : Integer.parseInt(label);
        if (classes * rows != values.remaining() || column >= classes) {
            throw new IllegalStateException("gives " + values.remaining() + " numbers for " + rows + " rows");
        }
        double[] scores = new double[rows];
        for (int row = 0; row < rows; row++) {
            scores[row] = values.get(row * classes + column);
        }
        return scores;
    }

    private double[] entries(List<? extends OnnxValue> maps) throws OrtException {
        double[] scores = new double[maps.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = entry(((OnnxMap) maps.get(row)).getValue());
        }
        return scores;
    }

    private double entry(Map<?, ?> classes) {
        for (Map.Entry<?, ?> each : classes.entrySet()) {
            if (each.getKey().toString().equals(label)) {
                return ((Float) each.getValue()).doubleValue();
            }
        }
        throw new IllegalStateException("has no class " + OnnxFile.quoted(label) + " in " + OnnxFile.quoted(output));
    }
}
