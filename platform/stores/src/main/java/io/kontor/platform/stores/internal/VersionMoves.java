package io.kontor.platform.stores.internal;

import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves activations that follow the highest version when bundles come and go. The new instance is up before the old one goes, so that no
 * request finds none; if it does not come up, the old one stays.
 */
final class VersionMoves {

    private static final Logger LOG = LoggerFactory.getLogger(VersionMoves.class);

    private final PluginCatalogue catalogue;
    private final ActivationConfigurations configurations;
    private final ActivationStates states;
    private final EnabledPlugins enabled;
    private final StoreLocks locks;

    VersionMoves(PluginCatalogue catalogue, ActivationConfigurations configurations, ActivationStates states, EnabledPlugins enabled,
            StoreLocks locks) {
        this.catalogue = catalogue;
        this.configurations = configurations;
        this.states = states;
        this.enabled = enabled;
        this.locks = locks;
    }

    /** Moves up whatever has a newer version, and to any version what has lost its own; the rest follows its bundle where that lies now. */
    void toNewest() {
        for (Enabled one : enabled.all()) {
            Optional<PluginDescriptor> own = catalogue.find(one.plugin(), one.version(), Locale.ENGLISH).filter(p -> sameBundle(p, one));
            Optional<PluginDescriptor> newest = one.pinned() ? own
                    : catalogue.find(one.plugin(), null, Locale.ENGLISH).filter(p -> sameBundle(p, one));
            newest.filter(target -> own.isEmpty() || target.version().compareTo(one.version()) > 0).ifPresent(target -> move(one, target));
            own.filter(target -> !one.location().equals(configurations.location(target))).ifPresent(target -> bind(one, target));
        }
    }

    private static boolean sameBundle(PluginDescriptor plugin, Enabled one) {
        return plugin.bundle().equals(one.bundle());
    }

    /** The product was unpacked elsewhere, or the bundle was shipped once and is deployed now. */
    private void bind(Enabled seen, PluginDescriptor own) {
        synchronized (locks.of(seen.store())) {
            if (unchanged(seen)) {
                Enabled bound = seen.on(own.version(), configurations.location(own), enabled.nextRevision());
                configurations.write(bound, own);
                enabled.put(bound);
            }
        }
    }

    private boolean unchanged(Enabled seen) {
        return enabled.find(seen.store(), seen.plugin()).filter(one -> one.revision() == seen.revision()).isPresent();
    }

    /** Moves what runs on a version that is about to go; what has no other version to go to, or is pinned, stays and waits. */
    void awayFrom(String bundle, Version version) {
        for (Enabled one : enabled.on(bundle, version)) {
            if (!one.pinned()) {
                catalogue.find(one.plugin(), null, Locale.ENGLISH).filter(other -> sameBundle(other, one))
                        .ifPresent(other -> move(one, other));
            }
        }
    }

    private boolean installed(Enabled one) {
        return catalogue.find(one.plugin(), one.version(), Locale.ENGLISH).isPresent();
    }

    private void move(Enabled seen, PluginDescriptor target) {
        synchronized (locks.of(seen.store())) {
            if (unchanged(seen) && takes(target, seen)) {
                Enabled moved = seen.on(target.version(), configurations.location(target), enabled.nextRevision());
                configurations.write(moved, target);
                boolean servedBefore = states.present(seen);
                if (!servedBefore || states.await(moved) || !installed(seen)) {
                    enabled.put(moved);
                    configurations.delete(seen);
                } else {
                    configurations.delete(moved);
                    LOG.warn("{} stays on version {} for {}: version {} did not come up", seen.plugin(), seen.version(), seen.store(),
                            target.version());
                }
            }
        }
    }

    private static boolean takes(PluginDescriptor target, Enabled one) {
        List<SettingsSchema.Fault> faults = target.settings().check(one.settings());
        if (!faults.isEmpty()) {
            LOG.warn("{} stays on version {} for {}: version {} does not take its settings ({}: {})", one.plugin(), one.version(), one.store(),
                    target.version(), faults.get(0).field(), faults.get(0).message());
        }
        return faults.isEmpty();
    }
}
