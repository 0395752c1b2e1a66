package io.kontor.api.feature;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds the rows before a row that have a key in common with it. {@link RollingRows} does it for rows that come in order of time; a family
 * whose requests bring their past along finds them there.
 */
@FunctionalInterface
@ConsumerType
public interface Earlier {

    /** Nothing is known of what came before. */
    Earlier NONE = (row, visitor) -> { };

    /**
     * Shows the earlier rows, in any order. Rows that are no older than the row do no harm: they are not counted.
     *
     * @param row the row
     * @param visitor is shown each
     */
    void each(Row row, Visitor visitor);

    /** Counts earlier rows. */
    @ProviderType
    interface Visitor {

        /**
         * An earlier row.
         *
         * @param row only to be looked at during the call
         * @param keys which keys it has in common: bit k for the k-th of {@link FeatureSet#keys}. A row may be shown once a key, or once with
         *     all of them
         */
        void earlier(EarlierRow row, long keys);
    }
}
