package io.kontor.platform.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Something outside the canonical records that is about persons, for example the log of decisions. Registered as a service. */
@ConsumerType
public interface PersonalData {

    /**
     * Erases a person.
     *
     * @param connection in the transaction that erases the person's records
     * @param store the store's id
     * @param customer the shop's own customer id
     * @return how many rows were erased
     * @throws SQLException when the database fails; nothing is erased then, and the erasure is tried again
     */
    int erase(Connection connection, String store, String customer) throws SQLException;

    /**
     * Everything of this that is about a person, for the person's copy.
     *
     * @param connection in the transaction that reads the person's records
     * @param store the store's id
     * @param customer the shop's own customer id
     * @return each by field name with JSON values, the oldest first; empty when nothing is known
     * @throws SQLException when the database fails
     */
    List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException;

    /**
     * What it is, for the report on an erasure and the person's copy; no entity's path.
     *
     * @return for example {@code decisions}
     */
    String name();
}
