package io.kontor.platform.stores.internal;

import io.kontor.platform.stores.ActivationListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Version;

/** What is enabled where, in memory: the configurations by store and plugin; tells of changes. Safe for use by several threads. */
final class EnabledPlugins {

    private final Map<String, NavigableMap<String, Enabled>> byStore = new ConcurrentHashMap<>();
    private final List<ActivationListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong lastRevision = new AtomicLong();

    void add(ActivationListener listener) {
        listeners.add(listener);
    }

    void remove(ActivationListener listener) {
        listeners.remove(listener);
    }

    /** Adds what was read at the start; of two versions, which a move that a kill cut short leaves behind, the later written one stays. */
    Optional<Enabled> restore(Enabled one) {
        lastRevision.accumulateAndGet(one.revision(), Math::max);
        Optional<Enabled> other = find(one.store(), one.plugin());
        if (other.isPresent() && other.get().revision() > one.revision()) {
            return Optional.of(one);
        }
        put(one);
        return other;
    }

    /** Greater than every revision before, also over a restart. */
    long nextRevision() {
        return lastRevision.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
    }

    Optional<Enabled> find(String store, String plugin) {
        return Optional.ofNullable(byStore.getOrDefault(store, Collections.emptyNavigableMap()).get(plugin));
    }

    /** Those of a store by plugin. */
    Collection<Enabled> of(String store) {
        NavigableMap<String, Enabled> plugins = byStore.get(store);
        return plugins == null ? List.of() : List.copyOf(plugins.values());
    }

    /** Those on a version of a bundle. */
    List<Enabled> on(String bundle, Version version) {
        return all().stream().filter(one -> one.bundle().equals(bundle) && one.version().equals(version)).toList();
    }

    List<Enabled> all() {
        List<Enabled> all = new ArrayList<>();
        byStore.values().forEach(plugins -> all.addAll(plugins.values()));
        return all;
    }

    void put(Enabled one) {
        byStore.compute(one.store(), (store, present) -> {
            NavigableMap<String, Enabled> plugins = present == null ? new ConcurrentSkipListMap<>() : present;
            plugins.put(one.plugin(), one);
            return plugins;
        });
        listeners.forEach(listener -> listener.enabled(one.choice()));
    }

    Optional<Enabled> remove(String store, String plugin) {
        Enabled[] removed = new Enabled[1];
        byStore.computeIfPresent(store, (id, plugins) -> {
            removed[0] = plugins.remove(plugin);
            return plugins.isEmpty() ? null : plugins;
        });
        if (removed[0] != null) {
            listeners.forEach(listener -> listener.disabled(store, plugin));
        }
        return Optional.ofNullable(removed[0]);
    }
}
