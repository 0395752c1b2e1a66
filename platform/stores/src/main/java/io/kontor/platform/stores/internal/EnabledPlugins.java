package io.kontor.platform.stores.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.Version;

/** What is enabled where, in memory: the configurations by store and plugin. Safe for use by several threads. */
final class EnabledPlugins {

    private final Map<String, NavigableMap<String, Enabled>> byStore = new ConcurrentHashMap<>();
    private final AtomicLong lastRevision = new AtomicLong();

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
    }

    Optional<Enabled> remove(String store, String plugin) {
        Enabled[] removed = new Enabled[1];
        byStore.computeIfPresent(store, (id, plugins) -> {
            removed[0] = plugins.remove(plugin);
            return plugins.isEmpty() ? null : plugins;
        });
        return Optional.ofNullable(removed[0]);
    }
}
