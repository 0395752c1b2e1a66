package io.kontor.platform.stores;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/** One instance of a plugin, or of a component that belongs to it, for one store. Safe for use by several threads. */
@ProviderType
public interface PluginInstance {

    /**
     * The store's id.
     *
     * @return the id
     */
    String store();

    /**
     * The plugin's id.
     *
     * @return the PID
     */
    String plugin();

    /**
     * The bundle version it runs on.
     *
     * @return the version
     */
    Version version();

    /**
     * The plugin's family.
     *
     * @return the family's name; empty for a component beside the plugin's own
     */
    String family();

    /**
     * Whether it is the family's baseline.
     *
     * @return true for a baseline
     */
    boolean baseline();

    /**
     * Whether its component is registered under an interface; known without creating it.
     *
     * @param type an interface of the API
     * @return true when the service object is of that type
     */
    boolean provides(Class<?> type);

    /**
     * Borrows the service object and makes Declarative Services create it when it is the first time. While a lease is open, the instance's
     * removal waits for a bounded time so that running calls finish.
     *
     * @return the lease, or empty when the instance has gone or could not be created
     */
    Optional<Lease> lease();

    /**
     * Borrows the service object for long work, which is told when it has to end.
     *
     * @param leaving called when the instance is about to be removed while the lease is open; must return at once
     * @return the lease, or empty when the instance has gone or could not be created
     */
    Optional<Lease> lease(Runnable leaving);

    /**
     * A property of its component.
     *
     * @param name the property's name
     * @return the value; null when there is none
     */
    Object property(String name);

    /** A borrowed service object. */
    interface Lease extends AutoCloseable {

        /**
         * The plugin's service object.
         *
         * @return the object
         */
        Object service();

        @Override
        void close();
    }
}
