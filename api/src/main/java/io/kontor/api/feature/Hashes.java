package io.kontor.api.feature;

/** 64-bit hashes of texts (FNV-1a over the UTF-16 code units), the same on every machine and in every version. */
public final class Hashes {

    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hashes() {
    }

    /**
     * Hashes a text.
     *
     * @param text any
     * @return never 0, but for the empty text
     */
    public static long of(String text) {
        return text.isEmpty() ? 0 : of(START, text, 0, text.length());
    }

    static long of(long start, CharSequence text, int from, int to) {
        long hash = start;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    static long of(CharSequence text, int from, int to) {
        return of(START, text, from, to);
    }

    /**
     * The bucket of a hash; mixed, as the low bits of FNV tell little apart.
     *
     * @param hash any
     * @param buckets how many there are, at least 1
     * @return 0 to buckets - 1
     */
    public static int bucket(long hash, int buckets) {
        long mixed = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
        return (int) ((mixed >>> 33) % buckets);
    }
}
