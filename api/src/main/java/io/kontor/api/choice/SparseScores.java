package io.kontor.api.choice;

/** A model in which each product speaks for or against few others, so that an answer need not look at all products. Safe for many threads. */
public interface SparseScores extends ItemScores {

    /**
     * Of how many products one product of a basket says something.
     *
     * @param source the index of the product of the basket
     * @return at most so many
     */
    int reach(int source);

    /**
     * Adds what one product of a basket says of others.
     *
     * @param source the index of the product of the basket
     * @param weight how much it counts
     * @param sums gets the same as {@link #add(int, float, float[])} adds to the scores
     */
    void add(int source, float weight, ScoreSums sums);
}
