package io.kontor.platform.stores.internal;

import java.util.Map;
import org.osgi.framework.Version;

/**
 * One activation as its configuration has it. Immutable.
 *
 * @param store the store's id
 * @param plugin the plugin's id
 * @param bundle symbolic name of the plugin's bundle
 * @param version the bundle version that the configuration is targeted at
 * @param pinned whether the operator asked for that version
 * @param settings values that were given, without defaults
 * @param enabledAt milliseconds since 1970
 */
record Enabled(String store, String plugin, String bundle, Version version, boolean pinned, Map<String, Object> settings, long enabledAt) {

    static String key(String store, String plugin) {
        return store + "\n" + plugin;
    }

    String key() {
        return key(store, plugin);
    }

    String factoryPid() {
        return plugin + "|" + bundle + "|" + version;
    }

    String pid() {
        return factoryPid() + "~" + store;
    }

    Enabled on(Version other) {
        return new Enabled(store, plugin, bundle, other, pinned, settings, enabledAt);
    }
}
