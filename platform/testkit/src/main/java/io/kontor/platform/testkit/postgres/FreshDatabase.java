package io.kontor.platform.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An empty database for one test.
 *
 * @param url its JDBC URL
 * @param user who logs in
 * @param password the password
 */
public record FreshDatabase(String url, String user, String password) {

    /**
     * A database in an H2 file.
     *
     * @param folder where the file comes to lie
     * @return the database; the file appears with the first connection
     */
    public static FreshDatabase h2(Path folder) {
        return new FreshDatabase("jdbc:h2:file:" + folder.resolve("kontor").toAbsolutePath(), "sa", "");
    }

    /**
     * A database in an H2 file in a temporary folder that is deleted when the Java process ends.
     *
     * @return the database
     */
    public static FreshDatabase h2() {
        try {
            Path folder = Files.createTempDirectory("kontor-h2-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    PostgresBinaries.delete(folder);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, "h2-delete"));
            return h2(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A database on the shared PostgreSQL server, which is started if need be.
     *
     * @return the database
     */
    public static FreshDatabase postgres() {
        PostgresServer server = PostgresServer.shared();
        return new FreshDatabase(server.newDatabase(), server.user(), server.password());
    }

    @Override
    public String toString() {
        return url.startsWith("jdbc:h2:") ? "H2" : "PostgreSQL";
    }
}
