package io.kontor.platform.jobs.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kontor.api.KontorException;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;

final class PlainDatabase implements Database, AutoCloseable {
    final HikariDataSource pool;
    final EntityManagerFactory factory;
    final Kind kind;
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean severed;

    PlainDatabase(String url, String user, String password, boolean migrate) {
        HikariConfig c = new HikariConfig();
        c.setJdbcUrl(url.startsWith("jdbc:h2:file:") ? url.replace("jdbc:h2:file:", "jdbc:h2:async:")
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0" : url);
        c.setUsername(user);
        c.setPassword(password);
        kind = url.startsWith("jdbc:h2") ? Kind.H2 : Kind.POSTGRESQL;
        pool = new HikariDataSource(c);
        if (migrate) {
            try (InputStream in = JobEntity.class.getResourceAsStream("/db/migration/V1__jobs.sql");
                Connection con = pool.getConnection(); Statement s = con.createStatement()) {
                for (String sql : new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--.*", "").split(";")) {
                    if (!sql.isBlank()) {
                        s.execute(sql);
                    }
                }
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        factory = new HibernatePersistenceProvider().createEntityManagerFactory(new PersistenceConfiguration("kernel")
            .managedClass(JobEntity.class).managedClass(ScheduleEntity.class)
            .property("jakarta.persistence.nonJtaDataSource", pool));
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
        check();
        EntityManager em = factory.createEntityManager();
        EntityTransaction tx = em.getTransaction();
        try {
            tx.begin();
            T r = work.apply(em);
            check();
            tx.commit();
            return r;
        } finally {
            if (tx.isActive()) {
                tx.rollback();
            }
            em.close();
        }
    }

    @Override
    public <T> T jdbc(JdbcWork<T> work) {
        check();
        try (Connection c = pool.getConnection()) {
            c.setAutoCommit(false);
            try {
                T r = work.run(c);
                check();
                c.commit();
                return r;
            } finally {
                c.rollback();
            }
        } catch (SQLException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The database failed.", e);
        }
    }

    private void check() {
        calls.incrementAndGet();
        if (severed) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The database is away.");
        }
    }

    @Override
    public BulkInsert bulkInsert(String table, List<String> key, List<String> columns) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        factory.close();
        pool.close();
    }
}
