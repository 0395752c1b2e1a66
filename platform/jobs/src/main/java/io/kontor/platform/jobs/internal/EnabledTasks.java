package io.kontor.platform.jobs.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.Stores;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** What the enabled plugins offer, as the catalogue describes them. */
final class EnabledTasks implements TaskOffers {

    private final Activations activations;
    private final PluginCatalogue catalogue;
    private final Stores stores;

    /** A plugin in one version. */
    private record Key(String plugin, Version version) {
    }

    EnabledTasks(Activations activations, PluginCatalogue catalogue, Stores stores) {
        this.activations = activations;
        this.catalogue = catalogue;
        this.stores = stores;
    }

    @Override
    public List<Offer> all() {
        Map<Key, Optional<PluginDescriptor>> described = new HashMap<>();
        return activations.choices().stream().flatMap(choice -> described.computeIfAbsent(new Key(choice.plugin(), choice.version()),
                key -> catalogue.find(key.plugin(), key.version(), Locale.ENGLISH)).map(plugin -> offer(choice, plugin)).stream()).toList();
    }

    @Override
    public Optional<Offer> find(String store, String plugin, Locale locale) {
        return activations.choice(store, plugin).flatMap(choice -> catalogue.find(plugin, choice.version(), locale)
                .map(descriptor -> offer(choice, descriptor)));
    }

    private static Offer offer(Activations.Choice choice, PluginDescriptor plugin) {
        return new Offer(choice.store(), choice.plugin(), plugin.title(), plugin.tasks());
    }

    @Override
    public boolean enabled(String store, String plugin) {
        return activations.choice(store, plugin).isPresent();
    }

    @Override
    public Optional<ZoneId> timeZone(String store) {
        return stores.find(store).map(Store::timeZone);
    }
}
