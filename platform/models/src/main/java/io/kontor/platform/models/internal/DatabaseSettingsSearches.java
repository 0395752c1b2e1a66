package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.store.Store;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.models.SettingsSearch.Trial;
import io.kontor.platform.models.SettingsSearches;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.StoreListener;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Searches that the database keeps. They go with their store. */
@Component(service = {SettingsSearches.class, StoreListener.class})
public final class DatabaseSettingsSearches implements SettingsSearches, StoreListener {

    private final SearchTable table;
    private final Activations activations;
    private final PluginCatalogue catalogue;
    private final Jobs jobs;

    /**
     * Made by Declarative Services.
     *
     * @param database where they are kept
     * @param activations knows and changes what is enabled
     * @param catalogue knows the plugins' settings
     * @param jobs does them
     */
    @Activate
    public DatabaseSettingsSearches(@Reference Database database, @Reference Activations activations, @Reference PluginCatalogue catalogue,
            @Reference Jobs jobs) {
        this.table = new SearchTable(database);
        this.activations = activations;
        this.catalogue = catalogue;
        this.jobs = jobs;
    }

    @Override
    public String start(String store, String plugin, Terms terms, Starter by) {
        Activation activation = enabled(store, plugin);
        Terms checked = new SearchTerms(descriptor(activation), activation.settings()).checked(terms);
        String job = jobs.submit(new JobRequest(JOB, store, plugin, Map.of("terms", table.tree(checked)), JOB + "/" + store + "/" + plugin, by));
        table.open(job, new Key(store, plugin), checked);
        return job;
    }

    private Activation enabled(String store, String plugin) {
        return activations.find(store, plugin).orElseThrow(() -> new NoSuchElementException(
                "The plugin \"" + plugin + "\" is not enabled for the store \"" + store + "\"."));
    }

    private PluginDescriptor descriptor(Activation activation) {
        return catalogue.find(activation.plugin(), activation.version(), Locale.ENGLISH)
                .orElseThrow(() -> new KontorException(Kind.CONFIGURATION, "Plugin " + activation.plugin() + " is no longer installed."));
    }

    @Override
    public List<SettingsSearch> list(String store, String plugin) {
        return table.list(new Key(store, plugin));
    }

    @Override
    public Optional<SettingsSearch> find(String store, String job) {
        return table.find(store, job);
    }

    @Override
    public SettingsSearch apply(String store, String job, int number, Starter by) {
        SettingsSearch search = table.find(store, job).orElseThrow(() -> new NoSuchElementException("There is no such search."));
        Trial trial = search.trials().stream().filter(each -> each.number() == number).findFirst()
                .orElseThrow(() -> new NoSuchElementException("The search has no trial of this number."));
        if (trial.failed()) {
            throw new KontorException(Kind.CONFIGURATION, "Trial " + number + " failed, so its settings are not used.");
        }
        Activation activation = enabled(store, search.plugin());
        Map<String, Object> settings = new HashMap<>(activation.settings());
        settings.putAll(trial.settings());
        activations.enable(store, search.plugin(), settings, activation.pinned().orElse(null));
        table.applied(job, number, by.name());
        if (descriptor(activation).trainable()) {
            jobs.submit(new JobRequest(ModelRegistry.TRAIN_JOB, store, search.plugin(), Map.of(),
                    ModelRegistry.TRAIN_JOB + "/" + store + "/" + search.plugin(), by));
        }
        return table.find(store, job).orElseThrow();
    }

    @Override
    public void present(Store store) {
        // searches come by jobs only
    }

    @Override
    public void deleted(Store store) {
        table.removeStore(store.id());
    }
}
