package io.kontor.platform.models.internal;

import io.kontor.api.plugin.Family;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundlePlan;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Plugins that are enabled for the one store, without a framework. */
final class Plugins implements ActivePlugins, Activations, PluginCatalogue, BundleDeployer {

    static final Version VERSION = new Version(1, 2, 0);

    private final Map<String, Enabled> enabled = new ConcurrentHashMap<>();
    private int openTrials;
    private SettingsSchema schema;

    private record Enabled(Instance instance, Map<String, Object> settings, Function<Map<String, Object>, Object> factory) {
    }

    /**
     * Enables a plugin.
     *
     * @param plugin its id
     * @param baseline whether it is the family's baseline
     * @param settings the activation's settings
     * @param factory makes an instance from settings
     */
    void enable(String plugin, boolean baseline, Map<String, Object> settings, Function<Map<String, Object>, Object> factory) {
        enabled.put(plugin, new Enabled(new Instance(plugin, baseline, factory.apply(settings)), settings, factory));
    }

    /** What all plugins' settings are said to be. */
    void describe(SettingsSchema described) {
        schema = described;
    }

    void disable(String plugin) {
        enabled.remove(plugin);
    }

    int openTrials() {
        return openTrials;
    }

    @Override
    public Trial trial(String store, String plugin, Map<String, Object> changes) {
        Enabled one = Optional.ofNullable(enabled.get(plugin)).orElseThrow(() -> new NoSuchElementException(plugin + " is not enabled."));
        Map<String, Object> settings = new HashMap<>(one.settings());
        settings.putAll(changes);
        Object service = one.factory().apply(settings);
        openTrials++;
        return new Trial() {
            @Override
            public Object service() {
                return service;
            }

            @Override
            public Map<String, Object> settings() {
                return settings;
            }

            @Override
            public Version version() {
                return VERSION;
            }

            @Override
            public void close() {
                openTrials--;
            }
        };
    }

    @Override
    public List<BundleInfo> bundles() {
        return List.of(new BundleInfo("com.acme", VERSION, "ACTIVE", "api", "c0de", Instant.EPOCH, List.copyOf(enabled.keySet())));
    }

    @Override
    public BundlePlan plan(InputStream jar, Locale locale) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BundleInfo deploy(InputStream jar, Origin origin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BundlePlan planRemoval(String symbolicName, Version version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void undeploy(String symbolicName, Version version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PluginInstance> instances(String store, String family) {
        List<PluginInstance> found = new ArrayList<>();
        new LinkedHashMap<>(enabled).values().forEach(one -> found.add(one.instance()));
        return found;
    }

    @Override
    public Optional<PluginInstance> instance(String store, String plugin) {
        return Optional.ofNullable(enabled.get(plugin)).map(Enabled::instance);
    }

    @Override
    public List<PluginInstance> parts(String store, String plugin, Class<?> type) {
        return instance(store, plugin).filter(one -> one.provides(type)).stream().toList();
    }

    @Override
    public List<Choice> choices() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Choice> choice(String store, String plugin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PluginDescriptor> find(String id, Version version, Locale locale) {
        return Optional.of(new PluginDescriptor(id, Family.RECOMMEND, id, "", false, true, List.of(), List.of(), id, VERSION, schema));
    }

    @Override
    public List<PluginDescriptor> plugins(Locale locale) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Bundle> bundle(PluginDescriptor plugin) {
        return Optional.empty();
    }

    @Override
    public List<Activation> list(String store) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Activation> find(String store, String plugin) {
        return Optional.ofNullable(enabled.get(plugin)).map(one -> new Activation(store, plugin, VERSION, Optional.empty(),
                Activation.State.ACTIVE, "", one.settings()));
    }

    @Override
    public List<Activation> using(String bundle, Version version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Activation enable(String store, String plugin, Map<String, Object> settings, Version version) {
        enable(plugin, enabled.get(plugin).instance().baseline(), settings, enabled.get(plugin).factory());
        return find(store, plugin).orElseThrow();
    }

    @Override
    public boolean disable(String store, String plugin) {
        throw new UnsupportedOperationException();
    }

    /** One running instance. */
    record Instance(String plugin, boolean baseline, Object object) implements PluginInstance {

        @Override
        public String store() {
            return Shop.STORE.id();
        }

        @Override
        public Version version() {
            return VERSION;
        }

        @Override
        public String family() {
            return Family.RECOMMEND;
        }

        @Override
        public boolean provides(Class<?> type) {
            return type.isInstance(object);
        }

        @Override
        public Object property(String name) {
            return null;
        }

        @Override
        public Optional<Lease> lease() {
            return lease(() -> { });
        }

        @Override
        public Optional<Lease> lease(Runnable leaving) {
            return Optional.of(new Lease() {
                @Override
                public Object service() {
                    return object;
                }

                @Override
                public void close() {
                    // nobody counts
                }
            });
        }
    }
}
