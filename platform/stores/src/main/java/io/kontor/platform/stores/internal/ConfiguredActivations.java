package io.kontor.platform.stores.internal;

import io.kontor.api.KontorException;
import io.kontor.api.store.Store;
import io.kontor.platform.plugins.CatalogueListener;
import io.kontor.platform.plugins.ComponentStates;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.ActivationCheck;
import io.kontor.platform.stores.ActivationListener;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import io.kontor.platform.stores.StoreListener;
import io.kontor.platform.stores.Stores;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enabling is writing a configuration; this keeps the list of what is enabled and tells how it does. Changes of one store happen one after
 * the other; a plugin that is slow to start keeps no other store waiting.
 */
@Component(service = {Activations.class, CatalogueListener.class, StoreListener.class})
public final class ConfiguredActivations implements Activations, CatalogueListener, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredActivations.class);
    private static final long TRIAL_PATIENCE_MILLIS = 5_000;

    private final BundleContext context;
    private final ActivationConfigurations configurations;
    private final PluginCatalogue catalogue;
    private final ActivationStates states;
    private final EnabledPlugins enabled = new EnabledPlugins();
    private final StoreLocks locks = new StoreLocks();
    private final VersionMoves moves;
    private final AtomicLong trials = new AtomicLong();
    private volatile Stores stores;

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle
     * @param configurations writes the configurations
     * @param catalogue knows the plugins
     * @param components tells how components do
     * @param index knows the running instances
     */
    @Activate
    public ConfiguredActivations(BundleContext context, @Reference ActivationConfigurations configurations,
            @Reference PluginCatalogue catalogue, @Reference ComponentStates components, @Reference InstanceIndex index) {
        this.context = context;
        this.configurations = configurations;
        this.catalogue = catalogue;
        this.states = new ActivationStates(catalogue, components, index);
        this.moves = new VersionMoves(catalogue, configurations, states, enabled, locks);
        for (Enabled one : configurations.readAll()) {
            enabled.restore(one).ifPresent(configurations::delete);
        }
        moves.toNewest();
    }

    /**
     * Sets the stores; they are not needed for what is enabled already, and they in turn tell this component of deletions.
     *
     * @param present the stores
     */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setStores(Stores present) {
        stores = present;
    }

    /**
     * Forgets the stores.
     *
     * @param gone the stores
     */
    void unsetStores(Stores gone) {
        if (stores == gone) {
            stores = null;
        }
    }

    /**
     * Adds a check.
     *
     * @param check the check
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(ActivationCheck check) {
        states.add(check);
    }

    /**
     * Removes a check.
     *
     * @param check the check
     */
    void removeCheck(ActivationCheck check) {
        states.remove(check);
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of what is enabled and disabled
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(ActivationListener listener) {
        enabled.add(listener);
    }

    /**
     * Removes a listener.
     *
     * @param listener the listener
     */
    void removeListener(ActivationListener listener) {
        enabled.remove(listener);
    }

    @Override
    public List<Choice> choices() {
        return enabled.all().stream().map(Enabled::choice).toList();
    }

    @Override
    public Optional<Choice> choice(String store, String plugin) {
        return enabled.find(store, plugin).map(Enabled::choice);
    }

    @Override
    public List<Activation> list(String store) {
        return enabled.of(store).stream().map(states::describe).toList();
    }

    @Override
    public Optional<Activation> find(String store, String plugin) {
        return enabled.find(store, plugin).map(states::describe);
    }

    @Override
    public List<Activation> using(String bundle, Version version) {
        return enabled.on(bundle, version).stream().sorted(Comparator.comparing(Enabled::store).thenComparing(Enabled::plugin))
                .map(states::describe).toList();
    }

    @Override
    public Activation enable(String store, String plugin, Map<String, Object> settings, Version version) {
        synchronized (locks.of(store)) {
            Stores known = stores;
            if (known == null || known.find(store).isEmpty()) {
                throw new NoSuchElementException("There is no store \"" + store + "\".");
            }
            PluginDescriptor descriptor = catalogue.find(plugin, version, Locale.ENGLISH).orElseThrow(() -> new NoSuchElementException(
                    "There is no plugin \"" + plugin + "\"" + (version == null ? "." : " in version " + version + ".")));
            Optional<Enabled> before = enabled.find(store, plugin);
            Map<String, Object> given = withSecrets(settings, before);
            check(descriptor, given);
            Enabled after = new Enabled(store, plugin, descriptor.bundle(), descriptor.version(),
                    configurations.location(descriptor), version != null, given,
                    before.map(Enabled::enabledAt).orElseGet(System::currentTimeMillis), enabled.nextRevision());
            put(after, descriptor);
            before.filter(old -> !old.pid().equals(after.pid())).ifPresent(configurations::delete);
            if (before.isEmpty() && !descriptor.baseline()) {
                enableBaseline(store, descriptor.family());
            }
            return states.describe(after);
        }
    }

    private void put(Enabled after, PluginDescriptor descriptor) {
        configurations.write(after, descriptor);
        enabled.put(after);
        states.await(after);
    }

    private static Map<String, Object> withSecrets(Map<String, Object> settings, Optional<Enabled> before) {
        Map<String, Object> known = before.map(Enabled::settings).orElse(Map.of());
        Map<String, Object> given = new HashMap<>();
        settings.forEach((name, value) -> {
            if (ActivationStates.HIDDEN.equals(value) && known.containsKey(name)) {
                given.put(name, known.get(name));
            } else if (value != null) {
                given.put(name, value);
            }
        });
        return given;
    }

    private static void check(PluginDescriptor descriptor, Map<String, Object> settings) {
        List<SettingsSchema.Fault> faults = descriptor.settings().check(settings);
        if (!faults.isEmpty()) {
            throw new SettingsRefusedException(faults);
        }
    }

    private void enableBaseline(String store, String family) {
        catalogue.plugins(Locale.ENGLISH).stream().filter(p -> p.baseline() && p.family().equals(family)).findFirst()
                .filter(p -> enabled.find(store, p.id()).isEmpty()).ifPresent(p -> {
                    put(new Enabled(store, p.id(), p.bundle(), p.version(), configurations.location(p), false, Map.of(),
                            System.currentTimeMillis(), enabled.nextRevision()), p);
                    LOG.info("{} was enabled for {} as the fallback of the family {}", p.id(), store, family);
                });
    }

    @Override
    public boolean disable(String store, String plugin) {
        synchronized (locks.of(store)) {
            Optional<Enabled> removed = enabled.remove(store, plugin);
            removed.ifPresent(configurations::delete);
            return removed.isPresent();
        }
    }

    /** Looks at all bundles, not only at the one that came: at the start some come before this component can hear of them. */
    @Override
    public void added(String bundle, Version version) {
        moves.toNewest();
    }

    @Override
    public void removing(String bundle, Version version) {
        moves.awayFrom(bundle, version);
    }

    @Override
    public void present(Store store) {
        LOG.debug("The store {} is there", store.id());
    }

    @Override
    public void deleted(Store store) {
        enabled.of(store.id()).forEach(one -> disable(one.store(), one.plugin()));
    }

    @Override
    public Trial trial(String store, String plugin, Map<String, Object> settings) {
        Optional<Enabled> one = enabled.find(store, plugin);
        PluginDescriptor descriptor = one.flatMap(e -> catalogue.find(plugin, e.version(), Locale.ENGLISH))
                .orElseThrow(() -> new NoSuchElementException(
                        "The plugin \"" + plugin + "\" is not enabled for the store \"" + store + "\"."));
        Map<String, Object> merged = new HashMap<>(one.get().settings());
        merged.putAll(withSecrets(settings, one));
        check(descriptor, merged);
        String name = "trial-" + trials.incrementAndGet();
        configurations.writeTrial(one.get(), descriptor, merged, name);
        try {
            return new TrialInstance(context, configurations, one.get(), name, ActivationStates.withoutSecrets(descriptor,
                    descriptor.settings().typed(merged)), TRIAL_PATIENCE_MILLIS);
        } catch (KontorException e) {
            configurations.deleteTrial(one.get(), name);
            throw e;
        }
    }
}
