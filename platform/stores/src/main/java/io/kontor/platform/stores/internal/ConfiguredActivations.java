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
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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

/** Enabling is writing a configuration; this keeps the list of what is enabled, moves it to newer versions and tells how it does. */
@Component(service = {Activations.class, CatalogueListener.class, StoreListener.class})
public final class ConfiguredActivations implements Activations, CatalogueListener, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredActivations.class);
    private static final long PATIENCE_MILLIS = 5_000;
    private static final String HIDDEN = "***";

    private final BundleContext context;
    private final ActivationConfigurations configurations;
    private final PluginCatalogue catalogue;
    private final ComponentStates states;
    private final InstanceIndex index;
    private final Map<String, Enabled> enabled = new ConcurrentHashMap<>();
    private final List<ActivationCheck> checks = new CopyOnWriteArrayList<>();
    private final AtomicLong trials = new AtomicLong();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Stores stores;

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle
     * @param configurations writes the configurations
     * @param catalogue knows the plugins
     * @param states tells how components do
     * @param index knows the running instances
     */
    @Activate
    public ConfiguredActivations(BundleContext context, @Reference ActivationConfigurations configurations,
            @Reference PluginCatalogue catalogue, @Reference ComponentStates states, @Reference InstanceIndex index) {
        this.context = context;
        this.configurations = configurations;
        this.catalogue = catalogue;
        this.states = states;
        this.index = index;
        for (Enabled one : configurations.readAll()) {
            enabled.merge(one.key(), one, (a, b) -> a.version().compareTo(b.version()) > 0 ? a : b);
        }
    }

    /**
     * Adds a check.
     *
     * @param check the check
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCheck(ActivationCheck check) {
        checks.add(check);
    }

    /**
     * Removes a check.
     *
     * @param check the check
     */
    void removeCheck(ActivationCheck check) {
        checks.remove(check);
    }

    @Override
    public List<Activation> list(String store) {
        return enabled.values().stream().filter(e -> e.store().equals(store)).sorted(Comparator.comparing(Enabled::plugin))
                .map(this::describe).toList();
    }

    @Override
    public Optional<Activation> find(String store, String plugin) {
        return Optional.ofNullable(enabled.get(Enabled.key(store, plugin))).map(this::describe);
    }

    @Override
    public List<Activation> using(String bundle, Version version) {
        return enabled.values().stream().filter(e -> e.bundle().equals(bundle) && e.version().equals(version))
                .sorted(Comparator.comparing(Enabled::key)).map(this::describe).toList();
    }

    private Activation describe(Enabled one) {
        Optional<PluginDescriptor> plugin = catalogue.find(one.plugin(), one.version(), Locale.ENGLISH);
        Map<String, Object> settings = new HashMap<>(one.settings());
        plugin.ifPresent(p -> p.settings().settings().forEach(setting -> show(setting, settings)));
        Optional<Version> pinned = one.pinned() ? Optional.of(one.version()) : Optional.empty();
        if (plugin.isEmpty()) {
            return new Activation(one.store(), one.plugin(), one.version(), pinned, Activation.State.WAITING,
                    "Waiting: version " + one.version() + " of the bundle " + one.bundle() + " is not installed.", settings);
        }
        ComponentStates.State state = states.state(one.plugin(), one.bundle(), one.version(), one.pid());
        if (!state.usable()) {
            boolean failed = state.phase() == ComponentStates.Phase.FAILED;
            return new Activation(one.store(), one.plugin(), one.version(), pinned,
                    failed ? Activation.State.FAILED : Activation.State.WAITING, state.reason(), settings);
        }
        String reason = index.instance(one.store(), one.plugin()).flatMap(this::waitingFor).orElse("");
        return new Activation(one.store(), one.plugin(), one.version(), pinned,
                reason.isEmpty() ? Activation.State.ACTIVE : Activation.State.WAITING, reason, settings);
    }

    private Optional<String> waitingFor(PluginInstance instance) {
        return checks.stream().map(check -> check.waitingFor(instance)).flatMap(Optional::stream).findFirst();
    }

    private static void show(SettingsSchema.Setting setting, Map<String, Object> settings) {
        if (setting.type() == SettingsSchema.Type.SECRET) {
            settings.computeIfPresent(setting.name(), (name, value) -> HIDDEN);
        } else if (setting.defaults() != null) {
            settings.putIfAbsent(setting.name(), setting.defaults());
        }
    }

    @Override
    public synchronized Activation enable(String store, String plugin, Map<String, Object> settings, Version version) {
        Stores known = stores;
        if (known == null || known.find(store).isEmpty()) {
            throw new NoSuchElementException("There is no store \"" + store + "\".");
        }
        PluginDescriptor descriptor = catalogue.find(plugin, version, Locale.ENGLISH).orElseThrow(() -> new NoSuchElementException(
                "There is no plugin \"" + plugin + "\"" + (version == null ? "." : " in version " + version + ".")));
        Enabled before = enabled.get(Enabled.key(store, plugin));
        Map<String, Object> given = withSecrets(settings, before);
        check(descriptor, given);
        Enabled after = new Enabled(store, plugin, descriptor.bundle(), descriptor.version(), version != null, given,
                before == null ? System.currentTimeMillis() : before.enabledAt());
        put(after, descriptor);
        if (before != null && !before.pid().equals(after.pid())) {
            configurations.delete(before);
        }
        if (before == null && !descriptor.baseline()) {
            enableBaseline(store, descriptor.family());
        }
        return describe(after);
    }

    private void put(Enabled after, PluginDescriptor descriptor) {
        configurations.write(after, descriptor);
        enabled.put(after.key(), after);
        awaitInstance(after);
    }

    private static Map<String, Object> withSecrets(Map<String, Object> settings, Enabled before) {
        Map<String, Object> given = new HashMap<>();
        settings.forEach((name, value) -> {
            if (HIDDEN.equals(value) && before != null && before.settings().containsKey(name)) {
                given.put(name, before.settings().get(name));
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
                .filter(p -> !enabled.containsKey(Enabled.key(store, p.id()))).ifPresent(p -> {
                    put(new Enabled(store, p.id(), p.bundle(), p.version(), false, Map.of(), System.currentTimeMillis()), p);
                    LOG.info("{} was enabled for {} as the fallback of the family {}", p.id(), store, family);
                });
    }

    /** Waits until the instance of this very version is there and was created once, or cannot be. */
    private boolean awaitInstance(Enabled one) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            while (System.nanoTime() < end) {
                Optional<PluginInstance> instance = index.instance(one.store(), one.plugin())
                        .filter(i -> i.version().equals(one.version()));
                if (instance.isPresent()) {
                    Optional<PluginInstance.Lease> lease = instance.get().lease();
                    lease.ifPresent(PluginInstance.Lease::close);
                    return lease.isPresent();
                }
                ComponentStates.Phase phase = states.state(one.plugin(), one.bundle(), one.version(), one.pid()).phase();
                if (phase == ComponentStates.Phase.UNSATISFIED || phase == ComponentStates.Phase.FAILED) {
                    return false;
                }
                index.awaitChange(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public synchronized boolean disable(String store, String plugin) {
        Enabled one = enabled.remove(Enabled.key(store, plugin));
        if (one == null) {
            return false;
        }
        configurations.delete(one);
        return true;
    }

    @Override
    public synchronized void added(String bundle, Version version) {
        for (Enabled one : List.copyOf(enabled.values())) {
            if (one.bundle().equals(bundle) && !one.pinned() && (version.compareTo(one.version()) > 0
                    || catalogue.find(one.plugin(), one.version(), Locale.ENGLISH).isEmpty())) {
                move(one, version);
            }
        }
    }

    @Override
    public synchronized void removing(String bundle, Version version) {
        for (Enabled one : List.copyOf(enabled.values())) {
            if (one.bundle().equals(bundle) && one.version().equals(version) && !one.pinned()) {
                catalogue.find(one.plugin(), null, Locale.ENGLISH).filter(p -> p.bundle().equals(bundle))
                        .ifPresent(p -> move(one, p.version()));
            }
        }
    }

    /** The new instance is up before the old one goes, so that no request finds none; if it does not come up, the old one stays. */
    private void move(Enabled one, Version version) {
        PluginDescriptor descriptor = catalogue.find(one.plugin(), version, Locale.ENGLISH).orElse(null);
        if (descriptor == null) {
            return;
        }
        Enabled moved = one.on(version);
        List<SettingsSchema.Fault> faults = descriptor.settings().check(one.settings());
        if (!faults.isEmpty()) {
            LOG.warn("{} stays on version {} for {}: version {} does not take its settings ({}: {})", one.plugin(), one.version(), one.store(),
                    version, faults.get(0).field(), faults.get(0).message());
            return;
        }
        configurations.write(moved, descriptor);
        boolean up = awaitInstance(moved);
        boolean oldGone = catalogue.find(one.plugin(), one.version(), Locale.ENGLISH).isEmpty();
        if (up || oldGone) {
            enabled.put(moved.key(), moved);
            configurations.delete(one);
        } else {
            configurations.delete(moved);
            LOG.warn("{} stays on version {} for {}: version {} did not come up", one.plugin(), one.version(), one.store(), version);
        }
    }

    @Override
    public void present(Store store) {
        LOG.debug("The store {} is there", store.id());
    }

    @Override
    public synchronized void deleted(Store store) {
        for (Enabled one : List.copyOf(enabled.values())) {
            if (one.store().equals(store.id())) {
                disable(one.store(), one.plugin());
            }
        }
    }

    @Override
    public Trial trial(String store, String plugin, Map<String, Object> settings) {
        Enabled one = enabled.get(Enabled.key(store, plugin));
        PluginDescriptor descriptor = one == null ? null : catalogue.find(plugin, one.version(), Locale.ENGLISH).orElse(null);
        if (descriptor == null) {
            throw new NoSuchElementException("The plugin \"" + plugin + "\" is not enabled for the store \"" + store + "\".");
        }
        Map<String, Object> merged = new HashMap<>(one.settings());
        merged.putAll(withSecrets(settings, one));
        check(descriptor, merged);
        String name = "trial-" + trials.incrementAndGet();
        configurations.writeTrial(one, descriptor, merged, name);
        try {
            return new TrialInstance(context, configurations, one, name, descriptor.settings().typed(merged), PATIENCE_MILLIS);
        } catch (KontorException e) {
            configurations.deleteTrial(one, name);
            throw e;
        }
    }
}
