package io.kontor.platform.persistence.internal;

import com.zaxxer.hikari.HikariDataSource;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.persistence.Databases;
import jakarta.persistence.EntityManagerFactory;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Opens a database in one go. */
public final class DatabaseOpener {

    private DatabaseOpener() {
    }

    /** See {@link Databases#open}. */
    public static Databases.Opened open(String url, String user, String password, List<Class<?>> entities,
            Map<String, List<URL>> migrations) {
        ConnectionUrl where = ConnectionUrl.of(Optional.of(url), Path.of(""));
        HikariDataSource pool = ConnectionPool.open(where, user, password);
        try {
            Migrations runner = new Migrations(pool, where.h2());
            migrations.forEach((bundle, urls) -> runner.run(bundle, Script.read(urls)));
            Database.Kind kind = where.h2() ? Database.Kind.H2 : Database.Kind.POSTGRESQL;
            CompletableFuture<EntityManagerFactory> unit = CompletableFuture.completedFuture(
                    entities.isEmpty() ? null : EntityUnit.build(pool, kind, entities));
            return new SqlDatabase(pool, kind, unit);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }
}
