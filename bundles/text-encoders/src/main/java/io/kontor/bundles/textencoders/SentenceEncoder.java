package io.kontor.bundles.textencoders;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.kontor.api.KontorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A network that makes a vector of a sentence, as the native library holds it. Safe for use by several threads; works on the caller's. */
final class SentenceEncoder implements AutoCloseable {

    private static final int MOST_PIECES = 96;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieces words;
    private final boolean mean;

    /**
     * Loads a network.
     *
     * @param network name of the resource with the network
     * @param vocabulary name of the resource with its vocabulary
     * @param lowerCase whether letters are made small
     * @param mean whether the vector is the mean over all pieces, or that of the first one
     * @throws KontorException of kind PLUGIN when it cannot be loaded
     */
    SentenceEncoder(String network, String vocabulary, boolean lowerCase, boolean mean) {
        this.mean = mean;
        environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        try (InputStream pieces = SentenceEncoder.class.getResourceAsStream(vocabulary);
                InputStream bytes = SentenceEncoder.class.getResourceAsStream(network);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            words = new WordPieces(pieces, lowerCase);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setDeterministicCompute(true);
            session = environment.createSession(bytes.readAllBytes(), options);
        } catch (OrtException | IOException e) {
            throw new KontorException(KontorException.Kind.PLUGIN, "The network " + network + " cannot be loaded: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Encodes.
     *
     * @param text any; what is beyond some seventy words is left out
     * @return a vector of length 1
     * @throws KontorException of kind PLUGIN when the native library fails
     */
    float[] encode(String text) {
        long[] pieces = words.of(text, MOST_PIECES);
        long[] ones = new long[pieces.length];
        Arrays.fill(ones, 1);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String input : session.getInputNames()) {
                long[] values = input.equals("input_ids") ? pieces : input.equals("attention_mask") ? ones : new long[pieces.length];
                inputs.put(input, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, pieces.length}));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return pooled(((float[][][]) result.get(0).getValue())[0]);
            }
        } catch (OrtException e) {
            throw new KontorException(KontorException.Kind.PLUGIN, "A text could not be encoded: " + e.getMessage() + ".", e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private float[] pooled(float[][] states) {
        float[] vector = states[0].clone();
        for (int piece = 1; piece < states.length && mean; piece++) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] += states[piece][i];
            }
        }
        double square = 0;
        for (float each : vector) {
            square += (double) each * each;
        }
        float length = square == 0 ? 1 : (float) Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("A network could not be closed", e);
        }
    }
}
