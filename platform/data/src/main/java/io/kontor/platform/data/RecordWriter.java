package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Stores records that the platform itself makes, for example the price that an approved proposal sets, in the transaction of whoever makes
 * them. A service; safe for use by several threads.
 */
@ProviderType
public interface RecordWriter {

    /**
     * Stores records, or none of them. A record replaces the one of its identity.
     *
     * @param connection in a transaction
     * @param store the id of an existing store
     * @param entity which records; order lines and events come by their own ways
     * @param records values by the names of the import files: texts, numbers, booleans or null
     * @return to be run after the commit: lets what is kept in memory follow
     * @throws SQLException when the database fails
     * @throws io.kontor.api.KontorException of kind DATA, naming record and field, when a record is not acceptable
     */
    Runnable write(Connection connection, String store, Entity entity, List<Map<String, Object>> records) throws SQLException;
}
