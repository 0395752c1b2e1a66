package io.kontor.platform.persistence.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.kontor.api.KontorException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens the pool, or says in one plain sentence why it cannot. */
final class ConnectionPool {

    private static final int MOST_CONNECTIONS = 16;
    private static final int CONNECT_SECONDS = 5;

    private ConnectionPool() {
    }

    static HikariDataSource open(ConnectionUrl url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("kontor");
        config.setDataSource(source(url, user, password));
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(1);
        config.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, explain(url, e), e);
        }
    }

    private static DataSource source(ConnectionUrl url, String user, String password) {
        if (url.h2()) {
            SafeFile.register();
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(url.jdbc());
            h2.setUser(user == null ? "kontor" : user);
            h2.setPassword(password == null ? "" : password);
            return h2;
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(url.jdbc());
        if (user != null) {
            postgres.setUser(user);
        }
        if (password != null) {
            postgres.setPassword(password);
        }
        postgres.setConnectTimeout(CONNECT_SECONDS);
        postgres.setApplicationName("kontor");
        return postgres;
    }

    private static String explain(ConnectionUrl url, Throwable failure) {
        Throwable root = failure;
        SQLException sql = null;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
            sql = root instanceof SQLException next ? next : sql;
        }
        String state = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        String why = switch (state) {
            case "28P01", "28000" -> "the user name or password is wrong";
            case "3D000" -> "there is no such database";
            case "90020" -> "another process has it open";
            case "90030" -> "its file is damaged";
            default -> state.startsWith("08") ? "nothing answers there" : firstLine(sql == null ? root : sql);
        };
        return "The database at " + url.shown() + " cannot be opened: " + why + ".";
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.getClass().getSimpleName());
        return message.replaceFirst("\\s*\\[\\d.*$", "").replaceFirst("\\.$", "");
    }
}
