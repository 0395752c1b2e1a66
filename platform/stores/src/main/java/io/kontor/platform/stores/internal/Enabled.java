package io.kontor.platform.stores.internal;

import io.kontor.platform.stores.Activations;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * One activation as its configuration has it. Immutable.
 *
 * @param store the store's id
 * @param plugin the plugin's id
 * @param bundle symbolic name of the plugin's bundle
 * @param version the version of the bundle
 * @param location where the framework has the bundle from; the configuration is bound to it, so that no other version takes it
 * @param pinned whether the operator asked for that version
 * @param settings values that were given, without defaults
 * @param enabledAt milliseconds since 1970
 * @param revision grows with every change, so that an instance made from older settings can be told from one made from these
 */
record Enabled(String store, String plugin, String bundle, Version version, String location, boolean pinned,
        Map<String, Object> settings, long enabledAt, long revision) {

    /** Two versions can have a configuration for one store while an activation moves from one to the other. */
    String name() {
        return store + "." + version;
    }

    String pid() {
        return plugin + "~" + name();
    }

    Activations.Choice choice() {
        return new Activations.Choice(store, plugin, version);
    }

    Enabled on(Version other, String itsLocation, long changed) {
        return new Enabled(store, plugin, bundle, other, itsLocation, pinned, settings, enabledAt, changed);
    }
}
