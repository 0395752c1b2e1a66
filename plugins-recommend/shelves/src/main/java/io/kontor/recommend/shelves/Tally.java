package io.kontor.recommend.shelves;

/** Counts one kind of deed by product. */
final class Tally {

    private Tally() {
    }

    /**
     * Counts.
     *
     * @param part what was done
     * @param deed what is counted
     * @param days over how many days before the newest record
     * @return counts as scores and as first numbers
     */
    static Figures of(Ledger.Part part, byte deed, int days) {
        double[] counts = new double[part.products()];
        for (int row = 0; row < part.size(); row++) {
            if (part.deed(row) == deed && part.age(row) < days) {
                counts[part.product(row)]++;
            }
        }
        return new Figures(counts, counts, new double[counts.length]);
    }
}
