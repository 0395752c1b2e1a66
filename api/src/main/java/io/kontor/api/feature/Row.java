package io.kontor.api.feature;

import org.osgi.annotation.versioning.ConsumerType;

/** A row whose features are asked for. Called by one thread at a time, several times a column. */
@ConsumerType
public interface Row extends EarlierRow {

    /**
     * A text.
     *
     * @param column index of a column of type TEXT or MOMENT
     * @return empty when it is missing
     */
    String text(int column);

    /**
     * A moment.
     *
     * @param column index of a column of type MOMENT
     * @return milliseconds since 1970; {@link Moments#NONE} when it is missing
     */
    default long moment(int column) {
        return Moments.of(text(column));
    }

    @Override
    default long hash(int column) {
        return Hashes.of(text(column));
    }
}
