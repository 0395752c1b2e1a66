package io.kontor.platform.jobs.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import jakarta.persistence.EntityManager;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A node's connection to the database that can be cut: what the node does from then on reaches nobody, as if its process had died. A new
 * instance on the same database is the process that is started after it.
 */
final class SeverableDatabase implements Database, AutoCloseable {

    private final Databases.Opened database;
    private final AtomicInteger transactions = new AtomicInteger();
    private volatile boolean severed;

    SeverableDatabase(FreshDatabase fresh) {
        database = Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(JobEntity.class, ScheduleEntity.class),
                Map.of("io.kontor.platform.jobs", List.of(migration("V1__jobs.sql"), migration("V2__tasks.sql"),
                        migration("V3__started_by.sql"))));
    }

    private static URL migration(String name) {
        return JobEntity.class.getResource("/db/migration/" + name);
    }

    void sever() {
        severed = true;
    }

    void heal() {
        severed = false;
    }

    int transactions() {
        return transactions.get();
    }

    private void begin() {
        transactions.incrementAndGet();
        check();
    }

    private void check() {
        if (severed) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The connection is cut.");
        }
    }

    @Override
    public Kind kind() {
        return database.kind();
    }

    @Override
    public DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    public <T> T transaction(Function<EntityManager, T> work) {
        begin();
        return database.transaction(em -> {
            T result = work.apply(em);
            check();
            return result;
        });
    }

    @Override
    public <T> T jdbc(JdbcWork<T> work) {
        begin();
        return database.jdbc(connection -> {
            T result = work.run(connection);
            check();
            return result;
        });
    }

    @Override
    public <T> T write(JdbcWork<T> work) {
        return jdbc(work);
    }

    @Override
    public boolean writersWait() {
        return database.writersWait();
    }

    @Override
    public BulkInsert bulkInsert(String table, List<String> key, List<String> columns) {
        return database.bulkInsert(table, key, columns);
    }

    @Override
    public void close() {
        database.close();
    }
}
