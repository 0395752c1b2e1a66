package io.kontor.platform.persistence.internal;

import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Brings the tables of a bundle up to its scripts by Flyway, with a history table per bundle. What was brought up before is remembered by a
 * fingerprint of the scripts, so that a start without new scripts costs one query for all bundles. On H2, where a script is no transaction, a
 * mark tells that a bundle's scripts have begun to run: when it is still there, they were cut short and go on where they were.
 */
final class Migrations {

    private static final String REMEMBER = "create table if not exists migrated_bundle"
            + " (bundle varchar(255) primary key, fingerprint varchar(64) not null)";
    /** Bundles whose scripts have begun to run; done tells how many statements of a script were run before one failed, null after a kill. */
    private static final String MARK = "create table if not exists migrating_bundle (bundle varchar(255) primary key, done integer)";
    private static final int ALL = Integer.MAX_VALUE;

    private final DataSource source;
    private final boolean stepwise;
    private Map<String, String> done;

    /**
     * The migrations of a database.
     *
     * @param source the database
     * @param stepwise whether it commits each statement of a script by itself, as H2 does
     */
    Migrations(DataSource source, boolean stepwise) {
        this.source = source;
        this.stepwise = stepwise;
    }

    synchronized void run(String bundle, List<Script> scripts) {
        if (scripts.isEmpty()) {
            return;
        }
        String fingerprint = fingerprint(scripts);
        try {
            if (done == null) {
                done = recall();
            }
            if (fingerprint.equals(done.get(bundle))) {
                return;
            }
            if (stepwise) {
                migrateStepwise(bundle, scripts);
            } else {
                migrate(bundle, scripts, Flyway.configure(Flyway.class.getClassLoader()).dataSource(source));
            }
            remember(bundle, fingerprint);
            done.put(bundle, fingerprint);
        } catch (FlywayException | SQLException e) {
            throw new IllegalStateException("The tables of " + bundle + " cannot be brought up to date: "
                    + String.valueOf(e.getMessage()).lines().filter(line -> !line.isBlank()).findFirst().orElse("unknown reason"), e);
        }
    }

    private void migrateStepwise(String bundle, List<Script> scripts) throws SQLException {
        int before = mark(bundle);
        if (before > 0) {
            forgetFailures(historyTable(bundle));
        }
        RepeatedStatements statements = new RepeatedStatements(before);
        try {
            migrate(bundle, scripts, Flyway.configure(Flyway.class.getClassLoader()).dataSource(statements.over(source)).callbacks(statements));
        } catch (FlywayException e) {
            change("update migrating_bundle set done = " + statements.done() + " where bundle = ?", bundle);
            throw e;
        }
    }

    private static void migrate(String bundle, List<Script> scripts, FluentConfiguration flyway) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Flyway.class.getClassLoader());
        try {
            List<LoadableResource> resources = new ArrayList<>();
            scripts.forEach(script -> resources.add(new ScriptResource(script)));
            flyway.locations(new Location[0]).resourceProvider(new Resources(resources)).table(historyTable(bundle)).baselineOnMigrate(true)
                    .baselineVersion("0").load().migrate();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Marks that the scripts of a bundle begin to run; how many statements of the next one may have been run before. */
    private int mark(String bundle) throws SQLException {
        int before = 0;
        try (Connection connection = source.getConnection();
                PreparedStatement select = connection.prepareStatement("select done from migrating_bundle where bundle = ?")) {
            select.setString(1, bundle);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    before = row.getInt(1);
                    before = row.wasNull() ? ALL : before;
                }
            }
        }
        change("merge into migrating_bundle (bundle, done) key (bundle) values (?, null)", bundle);
        return before;
    }

    private void change(String sql, String bundle) throws SQLException {
        try (Connection connection = source.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, bundle);
            statement.executeUpdate();
        }
    }

    /** Flyway notes a script that failed and refuses to go on; what stopped it, such as a full disk, may be over. */
    private void forgetFailures(String table) throws SQLException {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement();
                ResultSet there = connection.getMetaData().getTables(null, null, table, null)) {
            if (there.next()) {
                statement.executeUpdate("delete from " + table + " where \"success\" = false");
            }
        }
    }

    /** A table name of at most 63 characters that is a plain identifier on both databases. */
    static String historyTable(String bundle) {
        String name = "schema_" + bundle.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return name.length() <= 63 ? name : name.substring(0, 54) + "_" + String.format("%08x", bundle.hashCode());
    }

    private Map<String, String> recall() throws SQLException {
        Map<String, String> fingerprints = new HashMap<>();
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(REMEMBER);
            if (stepwise) {
                statement.execute(MARK);
            }
            try (ResultSet row = statement.executeQuery("select bundle, fingerprint from migrated_bundle")) {
                while (row.next()) {
                    fingerprints.put(row.getString(1), row.getString(2));
                }
            }
        }
        return fingerprints;
    }

    private void remember(String bundle, String fingerprint) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from migrated_bundle where bundle = ?");
                PreparedStatement insert = connection.prepareStatement("insert into migrated_bundle (bundle, fingerprint) values (?, ?)")) {
            connection.setAutoCommit(false);
            if (stepwise) {
                try (PreparedStatement unmark = connection.prepareStatement("delete from migrating_bundle where bundle = ?")) {
                    unmark.setString(1, bundle);
                    unmark.executeUpdate();
                }
            }
            delete.setString(1, bundle);
            delete.executeUpdate();
            insert.setString(1, bundle);
            insert.setString(2, fingerprint);
            insert.executeUpdate();
            connection.commit();
        }
    }

    private static String fingerprint(List<Script> scripts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Script script : scripts) {
                digest.update((script.name() + "\n" + script.sql() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Hands the scripts to Flyway without a class path to be scanned. */
    private record Resources(List<LoadableResource> all) implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            return all.stream().filter(resource -> resource.getFilename().equals(name)).findFirst().orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String... suffixes) {
            return all.stream().filter(resource -> resource.getFilename().startsWith(prefix)
                    && List.of(suffixes).stream().anyMatch(resource.getFilename()::endsWith)).toList();
        }
    }

    /** A script as Flyway reads it. */
    private static final class ScriptResource extends LoadableResource {

        private final Script script;

        ScriptResource(Script script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            return new StringReader(script.sql());
        }

        @Override
        public String getAbsolutePath() {
            return script.name();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return script.name();
        }

        @Override
        public String getFilename() {
            return script.name();
        }

        @Override
        public String getRelativePath() {
            return script.name();
        }
    }
}
