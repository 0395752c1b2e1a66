package io.kontor.platform.persistence.internal;

import io.kontor.platform.persistence.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.cm.file.ConfigurationHandler;

/**
 * Keeps Configuration Admin's configurations in the database, so that all nodes share them and a restart loses none. Every change is kept
 * in a history. What is there is read once, by one query; later reads come from memory.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class ConfigurationTable implements PersistenceManager {

    private final Database database;
    private Map<String, Dictionary> all;

    ConfigurationTable(Database database) {
        this.database = database;
    }

    private synchronized Map<String, Dictionary> all() {
        if (all == null) {
            all = new ConcurrentHashMap<>(database.jdbc(connection -> {
                Map<String, Dictionary> found = new ConcurrentHashMap<>();
                try (PreparedStatement select = connection.prepareStatement("select pid, text from configuration");
                        ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.put(row.getString(1), parse(row.getString(1), row.getString(2)));
                    }
                }
                return found;
            }));
        }
        return all;
    }

    private static Dictionary parse(String pid, String text) throws SQLException {
        try {
            return ConfigurationHandler.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new SQLException("the configuration " + pid + " cannot be read", e);
        }
    }

    @Override
    public boolean exists(String pid) {
        return all().containsKey(pid);
    }

    @Override
    public Dictionary load(String pid) throws IOException {
        Dictionary found = all().get(pid);
        if (found == null) {
            throw new IOException("there is no configuration " + pid);
        }
        return found;
    }

    @Override
    public Enumeration getDictionaries() {
        List<Dictionary> found = new ArrayList<>(all().values());
        return Collections.enumeration(found);
    }

    @Override
    public void store(String pid, Dictionary properties) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConfigurationHandler.write(bytes, properties);
        String text = bytes.toString(StandardCharsets.UTF_8);
        database.jdbc(connection -> {
            OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
            try (PreparedStatement update = connection.prepareStatement(
                    "update configuration set text = ?, revision = revision + 1, changed_at = ? where pid = ?")) {
                update.setString(1, text);
                update.setObject(2, now);
                update.setString(3, pid);
                if (update.executeUpdate() == 0) {
                    insert(connection, pid, text, now);
                }
            }
            return remember(connection, pid, text, now);
        });
        all().put(pid, parsed(pid, text));
    }

    private static Dictionary parsed(String pid, String text) throws IOException {
        try {
            return parse(pid, text);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void insert(Connection connection, String pid, String text, OffsetDateTime now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into configuration (pid, text, revision, changed_at) values (?, ?, 1, ?)")) {
            insert.setString(1, pid);
            insert.setString(2, text);
            insert.setObject(3, now);
            insert.executeUpdate();
        }
    }

    private static int remember(Connection connection, String pid, String text, OffsetDateTime now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into configuration_history (pid, changed_at, text) values (?, ?, ?)")) {
            insert.setString(1, pid);
            insert.setObject(2, now);
            insert.setString(3, text);
            return insert.executeUpdate();
        }
    }

    @Override
    public void delete(String pid) {
        database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from configuration where pid = ?")) {
                delete.setString(1, pid);
                return delete.executeUpdate() == 0 ? 0 : remember(connection, pid, null, OffsetDateTime.now(ZoneOffset.UTC));
            }
        });
        all().remove(pid);
    }
}
