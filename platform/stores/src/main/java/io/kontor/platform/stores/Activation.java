package io.kontor.platform.stores;

import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * A plugin that is enabled for a store, and how it does. Immutable.
 *
 * @param store the store's id
 * @param plugin the plugin's id
 * @param version the bundle version that serves it, or should
 * @param pinned the version that the operator asked for; empty when it follows the highest installed
 * @param state whether it can be asked
 * @param reason one plain sentence why it is not active; empty when it is
 * @param settings effective values by name as JSON values, defaults included; secrets replaced by {@code "***"}
 */
public record Activation(String store, String plugin, Version version, Optional<Version> pinned, State state, String reason,
        Map<String, Object> settings) {

    /** Whether a plugin can be asked. */
    public enum State {
        /** It answers. */
        ACTIVE,
        /** Something is missing that may come: a model, a bundle, a service. */
        WAITING,
        /** It could not be started; the reason says why. */
        FAILED
    }
}
