package io.kontor.platform.stores;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * Enables plugins for stores: each activation is a factory configuration {@code PID~store.version}, bound to one version of the plugin's
 * bundle, from which Declarative Services makes a component instance bound to the store's services. Durable when a call returns. A service;
 * safe for use by several threads.
 */
@ProviderType
public interface Activations {

    /**
     * The plugins enabled for a store, by id.
     *
     * @param store the store's id
     * @return activations
     */
    List<Activation> list(String store);

    /**
     * One activation.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return the activation, or empty when the plugin is not enabled for the store
     */
    Optional<Activation> find(String store, String plugin);

    /**
     * All that is enabled, without how it does; answers from memory.
     *
     * @return for each plugin of each store the version
     */
    List<Choice> choices();

    /**
     * Whether a plugin is enabled, without how it does; answers from memory.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return the version, or empty when the plugin is not enabled for the store
     */
    Optional<Choice> choice(String store, String plugin);

    /**
     * Where versions of a bundle are in use.
     *
     * @param bundle its symbolic name
     * @param version its version
     * @return the activations that run on it
     */
    List<Activation> using(String bundle, Version version);

    /**
     * Enables a plugin or changes its settings. Waits up to 5 seconds for the instance so that the answer tells its state. With every plugin
     * that is newly enabled its family's baseline is enabled too, for fallbacks, when it is installed and not enabled yet.
     *
     * @param store the id of an existing store
     * @param plugin the plugin's id
     * @param settings values by name as they come from JSON; missing ones take the default
     * @param version the bundle version to stay on; null to follow the highest installed
     * @return the activation
     * @throws SettingsRefusedException when values are wrong; nothing has changed
     * @throws java.util.NoSuchElementException with a plain sentence when the store, the plugin or the version does not exist
     */
    Activation enable(String store, String plugin, Map<String, Object> settings, Version version);

    /**
     * Disables a plugin. Models and history stay.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return false when it was not enabled
     */
    boolean disable(String store, String plugin);

    /**
     * Makes a second instance of an enabled plugin with other settings, for a training run. It serves nobody and does not survive a restart.
     *
     * @param store the store's id
     * @param plugin the plugin's id; enabled for the store
     * @param settings changes to the activation's settings
     * @return the instance; to be closed
     * @throws SettingsRefusedException when values are wrong
     * @throws java.util.NoSuchElementException with a plain sentence when the plugin is not enabled for the store
     * @throws io.kontor.api.KontorException of kind PLUGIN when the instance cannot be started
     */
    Trial trial(String store, String plugin, Map<String, Object> settings);

    /**
     * That a plugin is enabled for a store.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param version the bundle version that serves it, or should
     */
    record Choice(String store, String plugin, Version version) {
    }

    /** An instance for a training run. */
    interface Trial extends AutoCloseable {

        /**
         * The plugin's service object.
         *
         * @return the instance
         */
        Object service();

        /**
         * The effective settings, defaults included; secrets replaced by {@code "***"}, as these are kept with what is learned.
         *
         * @return values by name
         */
        Map<String, Object> settings();

        /**
         * The bundle version it runs on.
         *
         * @return the version
         */
        Version version();

        @Override
        void close();
    }
}
