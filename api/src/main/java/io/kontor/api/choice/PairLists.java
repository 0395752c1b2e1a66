package io.kontor.api.choice;

import java.io.DataOutputStream;
import java.io.IOException;

/** For each source its targets, in order of index, and how much it speaks for each of them. Immutable. */
public sealed interface PairLists extends SparseScores permits PlainLists, PackedLists {

    /**
     * How many sources there are.
     *
     * @return as many as targets
     */
    int sources();

    /**
     * How many pairs there are.
     *
     * @return 1 or more
     */
    int pairs();

    /**
     * Number of bytes of a list in the artifact's own form, or of pairs where that is fixed.
     *
     * @param source the source
     * @return 0 or more
     */
    int length(int source);

    /**
     * Writes all lists, one after the other.
     *
     * @param out where to
     * @throws IOException when writing fails
     */
    void write(DataOutputStream out) throws IOException;
}
