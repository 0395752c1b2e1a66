package io.kontor.platform.stores;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The running instances of plugins by store, kept up to date from the service registry. Serving looks instances up here; a look-up costs one
 * map access and creates nothing. A service; safe for use by several threads.
 */
@ProviderType
public interface ActivePlugins {

    /**
     * The instances of a family for a store: the order in which they should be asked, baselines last.
     *
     * @param store the store's id
     * @param family the family's name
     * @return instances; empty when none is enabled
     */
    List<PluginInstance> instances(String store, String family);

    /**
     * The instance of one plugin for a store.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return the instance, or empty when the plugin is not enabled or cannot run
     */
    Optional<PluginInstance> instance(String store, String plugin);

    /**
     * The components of one plugin for a store that are registered under an interface: the plugin's own, and others of its bundle that are
     * made from the same configuration.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param type an interface of the API
     * @return instances; empty when the plugin is not enabled, cannot run or has none
     */
    List<PluginInstance> parts(String store, String plugin, Class<?> type);
}
