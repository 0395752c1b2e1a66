package io.kontor.recommend.ease;

import io.kontor.api.choice.ItemScores;
import java.io.DataOutputStream;
import java.io.IOException;

/** A square of weights: a row a source, a column a target. Immutable. */
public sealed interface Rows extends ItemScores permits FloatRows, ByteRows {

    /**
     * Writes all rows.
     *
     * @param out where to
     * @throws IOException when writing fails
     */
    void write(DataOutputStream out) throws IOException;
}
