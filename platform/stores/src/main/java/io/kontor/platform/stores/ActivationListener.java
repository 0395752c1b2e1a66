package io.kontor.platform.stores;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of plugins that are enabled and disabled from now on; what is enabled already {@link Activations#choices} tells. Registered as a
 * service; called before the change returns to its caller, for one store one call at a time; must return soon and not throw.
 */
@ConsumerType
public interface ActivationListener {

    /**
     * A plugin was enabled, its settings were changed, or it has moved to another version.
     *
     * @param choice as it is now
     */
    void enabled(Activations.Choice choice);

    /**
     * A plugin was disabled.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     */
    void disabled(String store, String plugin);
}
