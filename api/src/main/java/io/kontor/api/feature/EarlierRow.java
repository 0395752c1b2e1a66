package io.kontor.api.feature;

import org.osgi.annotation.versioning.ConsumerType;

/** What is still known of a row that came before another. Columns go by their index in {@link FeatureSet#columns}. */
@ConsumerType
public interface EarlierRow {

    /**
     * When it was.
     *
     * @return milliseconds since 1970
     */
    long time();

    /**
     * A number.
     *
     * @param column index of a column of type NUMBER
     * @return NaN when it is missing
     */
    double number(int column);

    /**
     * A text, as a hash: nobody is named.
     *
     * @param column index of a column of type TEXT
     * @return {@link Hashes#of} of it; 0 when it is missing
     */
    long hash(int column);
}
