package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.platform.data.StoreFiles;
import io.kontor.platform.persistence.Database;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Files of stores as rows of one table. */
@Component(service = StoreFiles.class)
public final class KeptFiles implements StoreFiles {

    private final Database database;
    private final Clock clock = Clock.systemUTC();

    /**
     * Made by Declarative Services.
     *
     * @param database has the files
     */
    @Activate
    public KeptFiles(@Reference Database database) {
        this.database = database;
    }

    @Override
    public List<StoreFile> list(String store) {
        return database.jdbc(connection -> {
            List<StoreFile> files = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select name, size, sha256, uploaded_at, uploaded_by from store_file where store = ? order by name")) {
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        files.add(new StoreFile(row.getString(1), row.getLong(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)),
                                row.getString(5)));
                    }
                }
            }
            return files;
        });
    }

    @Override
    public Optional<byte[]> bytes(String store, String name) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select bytes from store_file where store = ? and name = ?")) {
                select.setString(1, store);
                select.setString(2, name);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public StoreFile put(String store, String name, InputStream body, String by) throws IOException {
        if (!name.matches(NAME)) {
            throw new KontorException(Kind.DATA, "A file's name has up to 100 letters, digits, dots, hyphens and underscores and begins with"
                    + " a letter or a digit.");
        }
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new KontorException(Kind.CAPACITY, "The file has more than " + (MOST_BYTES >> 20) + " MiB.");
        } else if (bytes.length == 0) {
            throw new KontorException(Kind.DATA, "The file is empty.");
        }
        StoreFile file = new StoreFile(name, bytes.length, sha256(bytes), Instant.ofEpochMilli(clock.millis()), by);
        database.jdbc(connection -> {
            delete(connection, store, name);
            checkRoom(connection, store);
            insert(connection, store, file, bytes);
            return null;
        });
        return file;
    }

    private static void checkRoom(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from store_file where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (row.getInt(1) >= MOST_FILES) {
                    throw new KontorException(Kind.CAPACITY, "Store " + store + " has " + MOST_FILES + " files already; remove one first.");
                }
            }
        }
    }

    private static void insert(Connection connection, String store, StoreFile file, byte[] bytes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into store_file (store, name, sha256, size, uploaded_at, uploaded_by, bytes) values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, store);
            insert.setString(2, file.name());
            insert.setString(3, file.sha256());
            insert.setLong(4, file.size());
            insert.setLong(5, file.uploadedAt().toEpochMilli());
            insert.setString(6, file.uploadedBy());
            insert.setBytes(7, bytes);
            insert.executeUpdate();
        }
    }

    @Override
    public boolean remove(String store, String name) {
        return database.jdbc(connection -> delete(connection, store, name) > 0);
    }

    private static int delete(Connection connection, String store, String name) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from store_file where store = ? and name = ?")) {
            delete.setString(1, store);
            delete.setString(2, name);
            return delete.executeUpdate();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
