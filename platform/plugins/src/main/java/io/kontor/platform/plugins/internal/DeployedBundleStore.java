package io.kontor.platform.plugins.internal;

import io.kontor.platform.persistence.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployed bundles in the database, with a copy of each jar in a folder of this node so that a start need not fetch the bytes. The
 * database decides; the folder is a cache. Used by one thread at a time.
 */
final class DeployedBundleStore {

    private static final Logger LOG = LoggerFactory.getLogger(DeployedBundleStore.class);

    private final Database database;
    private final Path folder;

    /**
     * A store.
     *
     * @param database where the bundles are kept
     * @param folder where copies of the jars lie; made when missing
     */
    DeployedBundleStore(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    /**
     * The folder of the copies, for jars on their way in.
     *
     * @return the folder
     */
    Path folder() {
        return folder;
    }

    /**
     * All deployed bundles in the order in which they came. Reads no jar.
     *
     * @return the bundles
     */
    List<DeployedBundle> list() {
        return database.jdbc(connection -> {
            List<DeployedBundle> bundles = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select symbolic_name, version, sha256, origin, file_name,"
                    + " deployed_at from deployed_bundle order by deployed_at, symbolic_name, version");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    BundleKey key = new BundleKey(rows.getString(1), Version.parseVersion(rows.getString(2)));
                    Instant at = rows.getObject(6, OffsetDateTime.class).toInstant();
                    bundles.add(new DeployedBundle(key, rows.getString(3), rows.getString(4), rows.getString(5), at));
                }
            }
            return bundles;
        });
    }

    /**
     * Remembers a bundle, in the place of one with the same name and version. Durable when it returns.
     *
     * @param bundle the bundle
     * @param jar its bytes
     * @throws IOException when the jar cannot be read or copied; nothing has changed
     * @throws io.kontor.api.KontorException when the database fails; nothing has changed
     */
    void save(DeployedBundle bundle, Path jar) throws IOException {
        Path copy = copy(bundle.sha256());
        if (!jar.equals(copy)) {
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            database.jdbc(connection -> {
                deleteRow(connection, bundle.key());
                insertBytes(connection, bundle.sha256(), copy);
                insertRow(connection, bundle);
                deleteUnusedBytes(connection);
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Remembers where a bundle lies in the deploy folder.
     *
     * @param bundle the bundle with its new file name
     */
    void rename(DeployedBundle bundle) {
        database.jdbc(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update deployed_bundle set file_name = ? where symbolic_name = ? and version = ?")) {
                update.setString(1, bundle.fileName());
                update.setString(2, bundle.key().symbolicName());
                update.setString(3, bundle.key().version().toString());
                return update.executeUpdate();
            }
        });
    }

    /**
     * Forgets a bundle. Durable when it returns.
     *
     * @param bundle a remembered bundle
     * @throws io.kontor.api.KontorException when the database fails; nothing has changed
     */
    void delete(DeployedBundle bundle) {
        boolean unused = database.jdbc(connection -> {
            deleteRow(connection, bundle.key());
            return deleteUnusedBytes(connection) > 0;
        });
        if (unused) {
            try {
                Files.deleteIfExists(copy(bundle.sha256()));
            } catch (IOException e) {
                LOG.warn("Bundle {}: the copy of its jar stays until the next start: {}", bundle.key(), Refusals.words(e));
            }
        }
    }

    /**
     * The jar of a bundle: the copy of this node when it is sound, otherwise a new copy from the database.
     *
     * @param bundle a remembered bundle
     * @return the file; only to be read
     * @throws IOException when there is no sound jar anywhere
     */
    Path jar(DeployedBundle bundle) throws IOException {
        Path copy = copy(bundle.sha256());
        if (Files.exists(copy) && IncomingJar.sha256(copy).equals(bundle.sha256())) {
            return copy;
        }
        LOG.info("Bundle {}: its jar is fetched from the database", bundle.key());
        Files.createDirectories(folder);
        Path fetched = Files.createTempFile(folder, "fetched-", ".tmp");
        try {
            fetch(bundle, fetched);
            if (!IncomingJar.sha256(fetched).equals(bundle.sha256())) {
                throw new IOException("the jar of " + bundle.key() + " in the database does not have the hash noted beside it");
            }
            return Files.move(fetched, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(fetched);
        }
    }

    /**
     * Deletes copies that belong to no bundle and what broken-off deployments left. To be called before jars come in.
     *
     * @param bundles the deployed bundles
     */
    void tidy(List<DeployedBundle> bundles) {
        Set<String> wanted = new HashSet<>();
        bundles.forEach(bundle -> wanted.add(copy(bundle.sha256()).getFileName().toString()));
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{jar,tmp}")) {
                for (Path file : files) {
                    if (!wanted.contains(file.getFileName().toString())) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("Old jars in {} cannot be deleted: {}", folder, Refusals.words(e));
        }
    }

    private Path copy(String sha256) {
        return folder.resolve(sha256 + ".jar");
    }

    private void fetch(DeployedBundle bundle, Path target) {
        database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select bytes from deployed_jar where sha256 = ?")) {
                select.setString(1, bundle.sha256());
                try (ResultSet rows = select.executeQuery()) {
                    if (!rows.next()) {
                        throw new UncheckedIOException(new IOException("the jar of " + bundle.key() + " is not in the database"));
                    }
                    try (InputStream in = rows.getBinaryStream(1)) {
                        return Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void insertRow(Connection connection, DeployedBundle bundle) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into deployed_bundle (symbolic_name, version, sha256, origin,"
                + " file_name, deployed_at) values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, bundle.key().symbolicName());
            insert.setString(2, bundle.key().version().toString());
            insert.setString(3, bundle.sha256());
            insert.setString(4, bundle.origin());
            insert.setString(5, bundle.fileName());
            insert.setObject(6, bundle.deployedAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static void insertBytes(Connection connection, String sha256, Path jar) throws SQLException {
        try (PreparedStatement known = connection.prepareStatement("select 1 from deployed_jar where sha256 = ?")) {
            known.setString(1, sha256);
            try (ResultSet rows = known.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into deployed_jar (sha256, bytes) values (?, ?)");
                InputStream in = Files.newInputStream(jar)) {
            insert.setString(1, sha256);
            insert.setBinaryStream(2, in, (int) Files.size(jar));
            insert.executeUpdate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteRow(Connection connection, BundleKey key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from deployed_bundle where symbolic_name = ? and version = ?")) {
            delete.setString(1, key.symbolicName());
            delete.setString(2, key.version().toString());
            delete.executeUpdate();
        }
    }

    private static int deleteUnusedBytes(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from deployed_jar where sha256 not in (select sha256 from deployed_bundle)")) {
            return delete.executeUpdate();
        }
    }
}
