package io.kontor.api.feature;

import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * The words of a text and runs of them, by their hashes. Words are runs of letters and digits; Han characters, between which there are no
 * spaces, are taken in pairs of neighbours, and one that stands alone by itself.
 */
public final class Grams {

    private static final int MOST_GRAMS = 3;

    private Grams() {
    }

    static void count(String text, int grams, double[] counts, int offset, int buckets) {
        each(text, grams, hash -> counts[offset + Hashes.bucket(hash, buckets)]++);
    }

    /**
     * Goes through the words of a text and their runs.
     *
     * @param text any
     * @param grams how many words a run has at most, 1 to 3
     * @param taker gets the hash of each run, as often as it occurs
     */
    public static void each(String text, int grams, LongConsumer taker) {
        String lower = text.toLowerCase(Locale.ROOT);
        long[] last = new long[MOST_GRAMS];
        int words = 0;
        int at = 0;
        while (at < lower.length()) {
            int code = lower.codePointAt(at);
            int end = at + Character.charCount(code);
            if (han(code)) {
                boolean followed = end < lower.length() && han(lower.codePointAt(end));
                boolean follows = at > 0 && han(lower.codePointBefore(at));
                if (followed || !follows) {
                    int until = followed ? end + Character.charCount(lower.codePointAt(end)) : end;
                    taker.accept(Hashes.of(lower, at, until));
                }
                words = 0;
            } else if (Character.isLetterOrDigit(code)) {
                while (end < lower.length() && !han(lower.codePointAt(end)) && Character.isLetterOrDigit(lower.codePointAt(end))) {
                    end += Character.charCount(lower.codePointAt(end));
                }
                words = Math.min(words + 1, grams);
                for (int k = words - 1; k > 0; k--) {
                    last[k] = Hashes.of(last[k - 1] * 31 + 1, lower, at, end);
                }
                last[0] = Hashes.of(lower, at, end);
                for (int k = 0; k < words; k++) {
                    taker.accept(last[k]);
                }
            }
            at = end;
        }
    }

    private static boolean han(int code) {
        return Character.UnicodeScript.of(code) == Character.UnicodeScript.HAN;
    }
}
