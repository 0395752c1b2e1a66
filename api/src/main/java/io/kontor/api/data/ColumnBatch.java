package io.kontor.api.data;

import java.util.SortedSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Some rows of a snapshot, column by column. Every array has at least {@link #size()} elements; those beyond are undefined. Arrays are
 * reused for the next batch: copy what is to be kept.
 */
@ProviderType
public interface ColumnBatch {

    /**
     * How many rows the batch has.
     *
     * @return 1 to 4,096
     */
    int size();

    /**
     * A column of texts. Attributes ({@code attr.NAME}) may be read as texts or as numbers.
     *
     * @param column the name in the import files
     * @return one text a row, null where the value is missing
     * @throws IllegalArgumentException when the entity has no such column or it holds no texts
     */
    String[] texts(String column);

    /**
     * A column of numbers; flags are 0 and 1.
     *
     * @param column the name in the import files
     * @return one number a row, NaN where the value is missing
     * @throws IllegalArgumentException when the entity has no such column or it holds no numbers
     */
    double[] numbers(String column);

    /**
     * A column of times or dates.
     *
     * @param column the name in the import files
     * @return milliseconds since 1970-01-01T00:00Z a row (dates: midnight UTC), {@link Long#MIN_VALUE} where the value is missing
     * @throws IllegalArgumentException when the entity has no such column or it holds no times
     */
    long[] times(String column);

    /**
     * Which attributes rows of this batch have.
     *
     * @return the names of the columns with the prefix {@code attr.}, in order; empty when no row has any
     */
    SortedSet<String> attributes();
}
