package io.kontor.platform.jobs.internal;

import io.kontor.platform.plugins.PluginTask;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Plugins that are enabled for stores in Berlin. */
final class Offers implements TaskOffers {

    private final Map<String, Offer> present = new ConcurrentHashMap<>();
    private final Set<String> enabled = ConcurrentHashMap.newKeySet();

    static PluginTask train(String cron) {
        return new PluginTask(PluginTask.TRAIN, "Train the model", cron, true, PluginTask.TRAIN);
    }

    static PluginTask own(String id, String cron, boolean on) {
        return new PluginTask(id, "Title of " + id, cron, on, PluginTask.OWN);
    }

    /** Enables a plugin that does this. */
    Offers enable(String store, String plugin, PluginTask... tasks) {
        enabled.add(store + "/" + plugin);
        present.put(store + "/" + plugin, new Offer(store, plugin, "Title of " + plugin, List.of(tasks)));
        return this;
    }

    void disable(String store, String plugin) {
        enabled.remove(store + "/" + plugin);
        present.remove(store + "/" + plugin);
    }

    void takeBundleAway(String store, String plugin) {
        present.remove(store + "/" + plugin);
    }

    @Override
    public List<Offer> all() {
        return new ArrayList<>(present.values());
    }

    @Override
    public Optional<Offer> find(String store, String plugin, Locale locale) {
        return Optional.ofNullable(present.get(store + "/" + plugin));
    }

    @Override
    public boolean enabled(String store, String plugin) {
        return enabled.contains(store + "/" + plugin);
    }

    @Override
    public Optional<ZoneId> timeZone(String store) {
        return store.equals("nowhere") ? Optional.empty() : Optional.of(ZoneId.of("Europe/Berlin"));
    }
}
