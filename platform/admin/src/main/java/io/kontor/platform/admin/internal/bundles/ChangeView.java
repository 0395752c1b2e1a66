package io.kontor.platform.admin.internal.bundles;

import io.kontor.platform.plugins.BundlePlan;
import java.util.List;

/**
 * What deploying or removing a bundle would do, or why it is not possible.
 *
 * @param plan the plan; null when it was refused
 * @param plugins the plugins that come or go
 * @param effects what happens to what is enabled, in the order of stores and plugins
 * @param refusal why not; empty when it is possible
 */
public record ChangeView(BundlePlan plan, List<Plugin> plugins, List<Effect> effects, String refusal) {

    /**
     * A plugin of the bundle.
     *
     * @param id its id
     * @param title in the visitor's language
     * @param known whether another version of it is installed
     */
    public record Plugin(String id, String title, boolean known) {
    }

    /** What happens to something that is enabled. */
    public enum Kind {
        /** It goes on with another version. */
        MOVES,
        /** It starts: it waited for this version. */
        STARTS,
        /** It stays on its version, as the operator asked. */
        STAYS,
        /** It stops answering, and waits until the bundle comes back. */
        STOPS
    }

    /**
     * What happens to one activation.
     *
     * @param kind what
     * @param storeId the store's id
     * @param store the store's name
     * @param pluginId the plugin's id
     * @param plugin the plugin's title
     * @param from the version now
     * @param to the version then
     */
    public record Effect(Kind kind, String storeId, String store, String pluginId, String plugin, String from, String to) {
    }

    static ChangeView refused(String why) {
        return new ChangeView(null, List.of(), List.of(), why);
    }

    /**
     * The effects of one kind.
     *
     * @param kind which
     * @return in order
     */
    public List<Effect> of(Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).toList();
    }
}
