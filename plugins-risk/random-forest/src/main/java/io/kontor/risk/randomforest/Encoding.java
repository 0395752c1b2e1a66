package io.kontor.risk.randomforest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns the texts of a field into numbers: the logarithm of the odds of fraud among the payments with that text, drawn to those of all payments
 * (Micci-Barreca, A preprocessing scheme for high-cardinality categorical attributes, 2001). Trees split such a number as well as they
 * could split any set of texts (Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984, theorem 4.5).
 *
 * <p>A training row gets the number that the other folds alone give, so that no row sees its own label. Texts that fewer than
 * {@value #LEAST} payments have are not kept, and kept ones as a hash: no model names a person. Immutable.
 */
final class Encoding {

    /** How many parts the training rows are divided into. */
    static final int FOLDS = 5;
    /** A text of fewer payments tells nothing of its own. */
    static final int LEAST = 20;
    /** A field of more texts holds names rather than kinds. */
    static final int MOST_TEXTS = 2_000;

    private static final double SMOOTHING = 20;
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int MOST = 1_000_000;

    private final long[] hashes;
    private final float[] values;
    private final float unknown;

    private Encoding(long[] hashes, float[] values, float unknown) {
        this.hashes = hashes;
        this.values = values;
        this.unknown = unknown;
    }

    /** The number of a text; that of all payments when the text is not known. */
    double of(String text) {
        int at = Arrays.binarySearch(hashes, hash(text));
        return at < 0 ? unknown : values[at];
    }

    boolean knows(String text) {
        return Arrays.binarySearch(hashes, hash(text)) >= 0;
    }

    private static long hash(String text) {
        long hash = FNV_START;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(hashes.length);
        for (int i = 0; i < hashes.length; i++) {
            out.writeLong(hashes[i]);
            out.writeFloat(values[i]);
        }
        out.writeFloat(unknown);
    }

    static Encoding read(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > MOST) {
            throw new IOException("The model says that a field has " + size + " texts.");
        }
        long[] hashes = new long[size];
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            hashes[i] = in.readLong();
            values[i] = in.readFloat();
        }
        return new Encoding(hashes, values, in.readFloat());
    }

    /** Counts the labelled payments of each text, fold by fold. */
    static final class Counts {

        private final Map<String, int[]> byText = new HashMap<>();
        private final int[] all = new int[2 * FOLDS];
        private boolean tooMany;

        void add(String text, int fold, boolean fraud) {
            int at = fraud ? FOLDS + fold : fold;
            all[at]++;
            if (!tooMany) {
                byText.computeIfAbsent(text, t -> new int[2 * FOLDS])[at]++;
                if (byText.size() > MOST_TEXTS) {
                    tooMany = true;
                    byText.clear();
                }
            }
        }

        /** Whether the texts are kinds that come again and again. */
        boolean useful() {
            return byText.values().stream().filter(counts -> total(counts) >= LEAST).count() >= 1 && byText.size() > 1;
        }

        /** What a row of a fold sees: the other folds. */
        double outside(String text, int fold) {
            int[] counts = byText.get(text);
            return counts == null || total(counts) < LEAST ? odds(all, all, fold) : odds(counts, all, fold);
        }

        Encoding encoding() {
            Map<Long, Float> kept = new HashMap<>();
            byText.forEach((text, counts) -> {
                if (total(counts) >= LEAST) {
                    kept.put(hash(text), (float) odds(counts, all, -1));
                }
            });
            long[] hashes = kept.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
            float[] values = new float[hashes.length];
            for (int i = 0; i < hashes.length; i++) {
                values[i] = kept.get(hashes[i]);
            }
            return new Encoding(hashes, values, (float) odds(all, all, -1));
        }

        private static int total(int[] counts) {
            return Arrays.stream(counts).sum();
        }

        private static double odds(int[] counts, int[] all, int without) {
            double prior = (share(all, without, 0) + 0.5) / (share(all, without, 0) + share(all, without, 1) + 1);
            double frauds = share(counts, without, 0) + SMOOTHING * prior;
            double others = share(counts, without, 1) + SMOOTHING * (1 - prior);
            return Math.log(frauds / others);
        }

        private static double share(int[] counts, int without, int legitimate) {
            double sum = 0;
            for (int fold = 0; fold < FOLDS; fold++) {
                sum += fold == without ? 0 : counts[legitimate == 1 ? fold : FOLDS + fold];
            }
            return sum;
        }
    }
}
