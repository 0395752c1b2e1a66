package io.kontor.platform.stores.internal;

import io.kontor.platform.plugins.ComponentStates;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.ActivationCheck;
import io.kontor.platform.stores.PluginInstance;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Version;

/**
 * Tells how activations do. The running instances are looked at first; the component runtime, which describes all instances of a plugin to
 * find one, is asked only about those that do not run.
 */
final class ActivationStates {

    static final String HIDDEN = "***";

    private static final long PATIENCE_MILLIS = 5_000;
    private static final long GLANCE_MILLIS = 50;
    /** How often in a row something must be missing: an instance that is just being made lacks everything for a moment. */
    private static final int SURE = 3;

    private final PluginCatalogue catalogue;
    private final ComponentStates components;
    private final InstanceIndex index;
    private final List<ActivationCheck> checks = new CopyOnWriteArrayList<>();

    ActivationStates(PluginCatalogue catalogue, ComponentStates components, InstanceIndex index) {
        this.catalogue = catalogue;
        this.components = components;
        this.index = index;
    }

    void add(ActivationCheck check) {
        checks.add(check);
    }

    void remove(ActivationCheck check) {
        checks.remove(check);
    }

    Activation describe(Enabled one) {
        Optional<PluginDescriptor> plugin = catalogue.find(one.plugin(), one.version(), Locale.ENGLISH);
        Map<String, Object> settings = new HashMap<>(one.settings());
        plugin.ifPresent(p -> p.settings().settings().forEach(setting -> show(setting, settings)));
        Optional<Version> pinned = one.pinned() ? Optional.of(one.version()) : Optional.empty();
        State state = plugin.isPresent() ? state(one) : new State(Activation.State.WAITING,
                "Waiting: version " + one.version() + " of the bundle " + one.bundle() + " is not installed.");
        return new Activation(one.store(), one.plugin(), one.version(), pinned, state.kind(), state.reason(), settings);
    }

    static Map<String, Object> withoutSecrets(PluginDescriptor plugin, Map<String, Object> settings) {
        Map<String, Object> shown = new HashMap<>(settings);
        plugin.settings().settings().stream().filter(setting -> setting.type() == SettingsSchema.Type.SECRET)
                .forEach(setting -> shown.computeIfPresent(setting.name(), (name, value) -> HIDDEN));
        return shown;
    }

    private static void show(SettingsSchema.Setting setting, Map<String, Object> settings) {
        if (setting.type() == SettingsSchema.Type.SECRET) {
            settings.computeIfPresent(setting.name(), (name, value) -> HIDDEN);
        } else if (setting.defaults() != null) {
            settings.putIfAbsent(setting.name(), setting.defaults());
        }
    }

    /** How an activation does, and why. */
    private record State(Activation.State kind, String reason) {
    }

    private State state(Enabled one) {
        Optional<TrackedInstance> instance = index.instance(one);
        TrackedInstance.Life life = instance.map(TrackedInstance::life).orElse(TrackedInstance.Life.REFUSED);
        return switch (life) {
            case NEW, CREATED -> instance.flatMap(this::waitingFor).map(reason -> new State(Activation.State.WAITING, reason))
                    .orElse(new State(Activation.State.ACTIVE, ""));
            case CREATING -> new State(Activation.State.WAITING, "Waiting: the plugin has not finished starting.");
            case REFUSED -> asked(one, instance.isPresent());
        };
    }

    private State asked(Enabled one, boolean refused) {
        ComponentStates.State state = components.state(one.plugin(), one.bundle(), one.version(), one.pid());
        if (state.phase() == ComponentStates.Phase.FAILED) {
            return new State(Activation.State.FAILED, state.reason());
        }
        if (!state.usable()) {
            return new State(Activation.State.WAITING, state.reason());
        }
        return refused ? new State(Activation.State.FAILED, "The plugin could not be started; the log tells more.")
                : new State(Activation.State.WAITING, "Waiting: the plugin has not finished starting.");
    }

    private Optional<String> waitingFor(PluginInstance instance) {
        return checks.stream().map(check -> check.waitingFor(instance)).flatMap(Optional::stream).findFirst();
    }

    /** Whether an instance of an activation is there and was not found unable to start; asks nobody and creates nothing. */
    boolean present(Enabled one) {
        return index.instance(one).filter(instance -> instance.life() != TrackedInstance.Life.REFUSED).isPresent();
    }

    /** Waits until the instance made from this very configuration is there and was created once, or cannot be. */
    boolean await(Enabled one) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        long glance = nextGlance();
        int stuck = 0;
        try {
            while (System.nanoTime() < end && stuck < SURE) {
                long seen = index.changes();
                Optional<TrackedInstance> instance = index.instance(one);
                if (instance.isPresent()) {
                    return instance.get().create(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
                }
                if (System.nanoTime() > glance) {
                    ComponentStates.Phase phase = components.state(one.plugin(), one.bundle(), one.version(), one.pid()).phase();
                    stuck = phase == ComponentStates.Phase.UNSATISFIED || phase == ComponentStates.Phase.FAILED ? stuck + 1 : 0;
                    glance = nextGlance();
                }
                index.awaitChange(seen, GLANCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static long nextGlance() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GLANCE_MILLIS);
    }
}
