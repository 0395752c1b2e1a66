package io.kontor.platform.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Inserts many rows at once and passes over those whose key is there already. Safe for several threads, each with its connection. */
@ProviderType
public interface BulkInsert {

    /**
     * Inserts rows. A row whose primary key exists, in the table or earlier in the list, is left out without an error.
     *
     * @param connection in a transaction of the caller
     * @param rows one value a column in the order of the columns: String, Long, Integer, Short, Double, Boolean, {@link java.time.Instant},
     *     {@link java.time.LocalDate}, byte[] or null
     * @return the indices of the rows that were inserted
     * @throws SQLException when the database fails or a value does not fit its column
     */
    BitSet insert(Connection connection, List<Object[]> rows) throws SQLException;
}
