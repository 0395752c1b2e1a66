package io.kontor.api.feature;

import io.kontor.api.metric.BinaryScores;
import java.util.Arrays;

/**
 * Counts the labels of a category's texts: those that are known so far, and all of them in parts, so that each part can be judged by the
 * others. Texts beyond the first {@value Feature#MOST_WIDE} different ones count as others. For one thread.
 */
final class TargetCounts {

    /** A text of fewer labelled rows tells nothing of its own. */
    static final int LEAST = 20;
    /** Into how many parts labelled rows are dealt. */
    static final int PARTS = 5;

    private static final double SMOOTHING = 20;
    /** Finer differences are chance, and as they change with every label they would tell learners a row's moment rather than its kind. */
    private static final double GRAIN = 0.1;

    private final LongIndex texts = new LongIndex();
    /** Two numbers a text: rows without and with the label. */
    private int[] known = new int[64];
    private int[] dealt = new int[64 * PARTS];
    private final int[] allKnown = new int[2];
    private final int[] allDealt = new int[2 * PARTS];

    // A label becomes known.
    void know(long hash, boolean positive) {
        allKnown[positive ? 1 : 0]++;
        int text = texts.get(hash);
        if (text >= 0) {
            known[2 * text + (positive ? 1 : 0)]++;
        }
    }

    // A labelled row is there, whenever its label becomes known.
    void deal(long hash, boolean positive, int part) {
        allDealt[2 * part + (positive ? 1 : 0)]++;
        int text = texts.get(hash);
        if (text < 0 && texts.size() < Feature.MOST_WIDE) {
            text = texts.size();
            texts.put(hash, text);
            if (2 * text >= known.length) {
                known = Arrays.copyOf(known, 2 * known.length);
                dealt = Arrays.copyOf(dealt, 2 * dealt.length);
            }
        }
        if (text >= 0) {
            dealt[2 * (text * PARTS + part) + (positive ? 1 : 0)]++;
        }
    }

    // The number of a text by the labels that are known.
    float now(long hash) {
        int text = texts.get(hash);
        return text < 0 ? 0 : number(known[2 * text], known[2 * text + 1], allKnown[0], allKnown[1]);
    }

    private static float number(int without, int with, int allWithout, int allWith) {
        if (without + with < LEAST) {
            return 0;
        }
        double prior = (allWith + 0.5) / (allWith + allWithout + 1);
        double odds = (with + SMOOTHING * prior) / (without + SMOOTHING * (1 - prior));
        return (float) (Math.rint((Math.log(odds) - Math.log(prior / (1 - prior))) / GRAIN) * GRAIN);
    }

    // The numbers by all labels that are known.
    HashTable table() {
        long[] hashes = Arrays.stream(texts.sorted()).filter(hash -> {
            int text = texts.get(hash);
            return known[2 * text] + known[2 * text + 1] >= LEAST;
        }).toArray();
        float[] numbers = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            numbers[i] = now(hashes[i]);
        }
        return new HashTable(hashes, numbers, 0);
    }

    /**
     * How well the numbers tell labelled rows apart when those of each part come from the other parts alone.
     *
     * @return the area under the curve of true over false positives; NaN when all labels are alike
     */
    double separation() {
        long[] hashes = texts.sorted();
        double[] scores = new double[2 * PARTS * hashes.length];
        boolean[] positive = new boolean[scores.length];
        double[] weights = new double[scores.length];
        for (int i = 0; i < hashes.length; i++) {
            int first = 2 * PARTS * texts.get(hashes[i]);
            int[] all = new int[2];
            for (int at = 0; at < 2 * PARTS; at++) {
                all[at % 2] += dealt[first + at];
            }
            for (int at = 0; at < 2 * PARTS; at++) {
                int pair = at / 2 * 2;
                int to = 2 * PARTS * i + at;
                scores[to] = all[0] + all[1] < LEAST ? 0 : number(all[0] - dealt[first + pair], all[1] - dealt[first + pair + 1],
                        allKnown[0] - allDealt[pair], allKnown[1] - allDealt[pair + 1]);
                positive[to] = at % 2 == 1;
                weights[to] = dealt[first + at];
            }
        }
        return BinaryScores.of(scores, positive).rocAuc(weights);
    }
}
