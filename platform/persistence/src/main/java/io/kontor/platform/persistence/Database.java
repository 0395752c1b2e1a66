package io.kontor.platform.persistence;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one database of a Kontor installation: an H2 file or PostgreSQL. A service; safe for use by several threads.
 *
 * <p>Low-volume records are entities and go through {@link #transaction}; bulk rows go through {@link #jdbc} and {@link #bulkInsert}. All
 * SQL in {@code jdbc} work must run on both databases or ask {@link #kind()}.
 *
 * <p>A kernel bundle contributes entities by the manifest header {@value #ENTITIES} (comma-separated class names) together with
 * {@code Kontor-Persistence-Unit: kernel}, any other bundle by the header alone and gets a unit of its own, published as a service
 * {@code EntityManagerFactory} with the property {@code osgi.unit.name} = the bundle's symbolic name. Migrations are SQL files
 * {@code db/migration/V<number>__<words>.sql} in the bundle, run before its unit is built, with a history table per bundle.
 */
@ProviderType
public interface Database {

    /** Manifest header with the class names of a bundle's entities. */
    String ENTITIES = "Kontor-Entities";

    /** Which product the database is. */
    enum Kind {
        /** H2 in PostgreSQL mode. */
        H2,
        /** PostgreSQL. */
        POSTGRESQL
    }

    /** Work on one connection. */
    @FunctionalInterface
    interface JdbcWork<T> {

        /**
         * Does the work.
         *
         * @param connection in a transaction; neither to be committed nor closed by the work
         * @return the result
         * @throws SQLException to roll back
         */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Which product the database is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * The connection pool, for libraries that want one.
     *
     * @return the pool
     */
    DataSource dataSource();

    /**
     * Runs work on the kernel's entities in one transaction: commits when the work returns, rolls back when it throws. Waits for the unit
     * when it is still being built.
     *
     * @param work what to do
     * @param <T> type of the result
     * @return what the work returned
     * @throws jakarta.persistence.PersistenceException when the database fails; what the work throws passes through unchanged
     */
    <T> T transaction(Function<EntityManager, T> work);

    /**
     * Runs JDBC work in one transaction: commits when the work returns, rolls back when it throws.
     *
     * @param work what to do
     * @param <T> type of the result
     * @return what the work returned
     * @throws io.kontor.api.KontorException of kind INTERNAL around an SQLException; runtime exceptions of the work pass through unchanged
     */
    <T> T jdbc(JdbcWork<T> work);

    /**
     * Runs JDBC work as {@link #jdbc} does, for those who write often or much. On H2 one of them works at a time: a commit there writes
     * whatever all open transactions have changed so far, so that many small commits beside a large batch would write the batch's pages
     * again and again.
     *
     * @param work what to do; must not wait for another of these
     * @param <T> type of the result
     * @return what the work returned
     * @throws io.kontor.api.KontorException of kind INTERNAL around an SQLException; runtime exceptions of the work pass through unchanged
     */
    <T> T write(JdbcWork<T> work);

    /**
     * Whether somebody waits for {@link #write} to be free: who writes much should come to an end then.
     *
     * @return false on PostgreSQL, where nobody waits
     */
    boolean writersWait();

    /**
     * Prepares fast insertion of many rows into one table: batched statements on H2, COPY into a temporary table on PostgreSQL.
     *
     * @param table the table's name
     * @param key the columns of its primary key, texts or whole numbers; must be among the columns
     * @param columns all columns to be filled
     * @return reusable, safe for use by several threads
     */
    BulkInsert bulkInsert(String table, List<String> key, List<String> columns);
}
