package io.kontor.api.risk;

/** A number drawn for a text: the same whenever and in whatever order it is drawn. */
final class Draw {

    private static final double UNIT = 0x1.0p-53;

    private Draw() {
    }

    /**
     * Draws by the mixing of SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014).
     *
     * @param text the text
     * @param seed which of the many draws
     * @return 0 to below 1
     */
    static double of(String text, long seed) {
        long z = seed;
        for (int i = 0; i < text.length(); i++) {
            z = mixed(z + 0x9e3779b97f4a7c15L + text.charAt(i));
        }
        return (mixed(z + 0x9e3779b97f4a7c15L) >>> 11) * UNIT;
    }

    private static long mixed(long z) {
        long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}
