package io.kontor.platform.jobs.internal;

import io.kontor.platform.plugins.PluginTask;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the plugins of the stores can do by the clock. Answers from memory. */
interface TaskOffers {

    /**
     * A plugin that is enabled for a store and whose bundle is there.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param title the plugin's title in the language asked for
     * @param tasks what it can do
     */
    record Offer(String store, String plugin, String title, List<PluginTask> tasks) {

        Optional<PluginTask> task(String id) {
            return tasks.stream().filter(task -> task.id().equals(id)).findFirst();
        }
    }

    /** All of all stores. */
    List<Offer> all();

    /** One; empty while the plugin is disabled or its bundle is away. */
    Optional<Offer> find(String store, String plugin, Locale locale);

    /** Whether a plugin is enabled for a store, be its bundle there or not. */
    boolean enabled(String store, String plugin);

    /** A store's time zone; empty when there is no such store. */
    Optional<ZoneId> timeZone(String store);
}
