package io.kontor.platform.jobs.internal;

import io.kontor.api.job.ScheduledTask;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Version;

/** One plugin with one task, enabled for every store or for none. */
final class TaskHolders implements ActivePlugins, Activations {

    private final AtomicInteger leases = new AtomicInteger();
    private volatile Holder present;

    void enable(String id, ScheduledTask task) {
        present = new Holder(id, task, leases, new CopyOnWriteArrayList<>());
    }

    /** New settings: the old instance leaves when the new one is there. */
    void replace(String id, ScheduledTask task) {
        Holder before = present;
        enable(id, task);
        before.leavings().forEach(Runnable::run);
    }

    void disable() {
        Holder before = present;
        present = null;
        before.leavings().forEach(Runnable::run);
    }

    int openLeases() {
        return leases.get();
    }

    @Override
    public List<PluginInstance> parts(String store, String plugin, Class<?> type) {
        Holder holder = present;
        return holder == null ? List.of() : List.of(holder);
    }

    @Override
    public Optional<Choice> choice(String store, String plugin) {
        return present == null ? Optional.empty() : Optional.of(new Choice(store, plugin, Version.emptyVersion));
    }

    @Override
    public List<PluginInstance> instances(String store, String family) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PluginInstance> instance(String store, String plugin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Activation> list(String store) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Activation> find(String store, String plugin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Choice> choices() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Activation> using(String bundle, Version version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Activation enable(String store, String plugin, Map<String, Object> settings, Version version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean disable(String store, String plugin) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Trial trial(String store, String plugin, Map<String, Object> settings) {
        throw new UnsupportedOperationException();
    }

    /** The component that does the task. */
    private record Holder(String id, ScheduledTask task, AtomicInteger leases, List<Runnable> leavings) implements PluginInstance {

        @Override
        public String store() {
            return "shop";
        }

        @Override
        public String plugin() {
            return "plugin";
        }

        @Override
        public Version version() {
            return Version.emptyVersion;
        }

        @Override
        public String family() {
            return "";
        }

        @Override
        public boolean baseline() {
            return false;
        }

        @Override
        public boolean provides(Class<?> type) {
            return type == ScheduledTask.class;
        }

        @Override
        public Object property(String name) {
            return name.equals("kontor.task.id") ? id : null;
        }

        @Override
        public Optional<Lease> lease() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Lease> lease(Runnable leaving) {
            leavings.add(leaving);
            leases.incrementAndGet();
            return Optional.of(new Lease() {

                @Override
                public Object service() {
                    return task;
                }

                @Override
                public void close() {
                    leases.decrementAndGet();
                }
            });
        }
    }
}
