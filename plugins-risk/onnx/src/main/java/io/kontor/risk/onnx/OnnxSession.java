package io.kontor.risk.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.kontor.api.KontorException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A classifier as the native library holds it. The platform lets go of models without a word, so its memory is freed when nobody reaches it
 * any more. Safe for use by several threads; each call works on the thread that makes it.
 */
final class OnnxSession {

    private static final Cleaner CLEANER = Cleaner.create();

    private final String file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final FraudColumn fraud;
    private final int columns;

    /** Frees a session; must not reach what it is for. */
    private record Closing(OrtSession session) implements Runnable {

        @Override
        public void run() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("An ONNX session could not be closed", e);
            }
        }
    }

    /**
     * Loads a classifier that {@link OnnxFile} has judged.
     *
     * @param file its name, for sentences
     * @param bytes its bytes
     * @param columns how many columns it is given
     * @param output the output with the probabilities; empty for the first that can hold some
     * @param label which class is fraud
     * @throws KontorException of kind CONFIGURATION when it cannot be loaded or takes or gives something else
     */
    OnnxSession(String file, byte[] bytes, int columns, String output, String label) {
        this.file = file;
        this.columns = columns;
        environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setDeterministicCompute(true);
            session = environment.createSession(bytes, options);
            CLEANER.register(this, new Closing(session));
            input = input(session.getInputInfo().values());
            fraud = FraudColumn.find(file, session.getOutputInfo().values(), output, label);
        } catch (OrtException e) {
            throw OnnxFile.refused(file, "cannot be loaded: " + e.getMessage(), e);
        }
    }

    private String input(Collection<NodeInfo> inputs) {
        if (inputs.size() != 1) {
            throw OnnxFile.refused(file, "takes " + inputs.size() + " inputs; export it with one tensor of floats [rows, columns].", null);
        }
        NodeInfo only = inputs.iterator().next();
        if (!(only.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT || tensor.getShape().length != 2) {
            throw OnnxFile.refused(file, "takes " + FraudColumn.words(only) + "; export it with one tensor of floats [rows, columns].", null);
        }
        long[] shape = tensor.getShape();
        if (shape[0] >= 0) {
            throw OnnxFile.refused(file, "takes " + shape[0] + " rows at a time; export it with a variable number of rows.", null);
        }
        if (shape[1] >= 0 && shape[1] != columns) {
            throw OnnxFile.refused(file, "takes " + shape[1] + " columns and the settings name " + columns + " inputs.", null);
        }
        return only.getName();
    }

    /**
     * Classifies.
     *
     * @param values row after row
     * @return the probability of fraud of each row
     * @throws KontorException of kind PLUGIN when the classifier fails or gives no probability
     */
    double[] scores(float[] values) {
        int rows = values.length / columns;
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), new long[] {rows, columns});
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(fraud.output()))) {
            return fraud.read(result.get(0), rows);
        } catch (OrtException | IllegalStateException e) {
            throw new KontorException(KontorException.Kind.PLUGIN, "The classifier " + OnnxFile.quoted(file) + " " + (e instanceof OrtException
                    ? "fails: " : "") + e.getMessage() + ".", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
