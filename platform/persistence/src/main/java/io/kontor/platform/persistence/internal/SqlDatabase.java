package io.kontor.platform.persistence.internal;

import com.zaxxer.hikari.HikariDataSource;
import io.kontor.api.KontorException;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Databases;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;

/** The database behind a connection pool, with the kernel's entities as soon as their unit is built. */
public final class SqlDatabase implements Databases.Opened {

    private final HikariDataSource pool;
    private final Kind kind;
    private final CompletableFuture<EntityManagerFactory> unit;
    private final ReentrantLock writing = new ReentrantLock(true);

    SqlDatabase(HikariDataSource pool, Kind kind, CompletableFuture<EntityManagerFactory> unit) {
        this.pool = pool;
        this.kind = kind;
        this.unit = unit;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public <T> T transaction(Function<EntityManager, T> work) {
        EntityManagerFactory factory;
        try {
            factory = unit.join();
        } catch (CompletionException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The kernel's entities could not be set up; the log tells why.",
                    e.getCause());
        }
        try (EntityManager manager = factory.createEntityManager()) {
            EntityTransaction transaction = manager.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(manager);
                transaction.commit();
                return result;
            } catch (RuntimeException | Error e) {
                if (transaction.isActive()) {
                    rollBack(transaction, e);
                }
                throw e;
            }
        }
    }

    private static void rollBack(EntityTransaction transaction, Throwable reason) {
        try {
            transaction.rollback();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public <T> T jdbc(JdbcWork<T> work) {
        try (Connection connection = pool.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(before);
                }
            }
        } catch (SQLException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The database failed; the log tells more.", e);
        }
    }

    @Override
    public <T> T write(JdbcWork<T> work) {
        if (kind != Kind.H2) {
            return jdbc(work);
        }
        writing.lock();
        try {
            return jdbc(work);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean writersWait() {
        return writing.hasQueuedThreads();
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public BulkInsert bulkInsert(String table, List<String> key, List<String> columns) {
        if (!columns.containsAll(key)) {
            throw new IllegalArgumentException("the key " + key + " must be among the columns of " + table);
        }
        return kind == Kind.H2 ? new StatementBulkInsert(table, columns) : new CopyBulkInsert(table, key, columns);
    }

    @Override
    public void close() {
        if (unit.isDone() && !unit.isCompletedExceptionally() && unit.join() != null) {
            unit.join().close();
        }
        pool.close();
    }
}
