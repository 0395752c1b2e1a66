package io.kontor.recommend.itemknn;

import java.io.DataOutputStream;
import java.io.IOException;

/** For each source its targets, in order of index, and how much it speaks for each of them. Immutable. */
sealed interface PairLists permits PlainLists, PackedLists {

    /** How many sources there are. */
    int sources();

    /** How many pairs there are. */
    int pairs();

    /**
     * Adds a source's similarities to scores.
     *
     * @param source the source
     * @param weight how much each counts
     * @param scores one a target
     */
    void add(int source, float weight, float[] scores);

    /** How much a source speaks for a target; 0 when they are no neighbours. */
    float similarity(int source, int target);

    /** Number of bytes of a list in the artifact's own form, or of pairs where that is fixed. */
    int length(int source);

    /** Writes all lists, one after the other. */
    void write(DataOutputStream out) throws IOException;
}
