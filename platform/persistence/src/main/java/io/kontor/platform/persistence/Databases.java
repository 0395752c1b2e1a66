package io.kontor.platform.persistence;

import io.kontor.platform.persistence.internal.DatabaseOpener;
import java.net.URL;
import java.util.List;
import java.util.Map;

/** Opens a database outside a framework, for tests and tools. */
public final class Databases {

    /** A database that has to be closed. */
    public interface Opened extends Database, AutoCloseable {

        @Override
        void close();
    }

    private Databases() {
    }

    /**
     * Opens a database and brings its tables up to the scripts.
     *
     * @param url a {@code jdbc:h2:} or {@code jdbc:postgresql:} URL; H2's is completed with the settings that the platform needs
     * @param user may be null for H2
     * @param password may be null
     * @param entities classes for {@link Database#transaction}; may be empty
     * @param migrations by bundle name, the locations of its scripts
     * @return the open database
     * @throws IllegalStateException with one plain sentence when a script fails
     * @throws io.kontor.api.KontorException of kind CONFIGURATION with one plain sentence when it cannot be opened
     */
    public static Opened open(String url, String user, String password, List<Class<?>> entities, Map<String, List<URL>> migrations) {
        return DatabaseOpener.open(url, user, password, entities, migrations);
    }
}
