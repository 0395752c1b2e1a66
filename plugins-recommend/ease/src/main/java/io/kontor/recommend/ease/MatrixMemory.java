package io.kontor.recommend.ease;

/** How many products a square matrix of floats may have. */
final class MatrixMemory {

    // While one is learned, the model in use and the one before it may be there too.
    private static final double SHARE = 0.2;
    private static final int LONGEST_ROW = 40_000;

    private MatrixMemory() {
    }

    /**
     * The size that fits.
     *
     * @param heap the most that the virtual machine will use, in bytes
     * @return products, at least 100 and at most what one array can hold
     */
    static int products(long heap) {
        return (int) Math.max(100, Math.min(LONGEST_ROW, Math.sqrt(SHARE * heap / Float.BYTES)));
    }
}
