package io.kontor.platform.stores.internal;

import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Follows the service registry and keeps the instances by store, ready to be looked up. */
@Component(service = {ActivePlugins.class, InstanceIndex.class})
public final class InstanceIndex implements ActivePlugins {

    private static final String FILTER = "(&(" + Properties.PLUGIN + "=*)(" + Properties.STORE + "=*)(!(" + Properties.TRIAL + "=*)))";
    private static final long PATIENCE_MILLIS = 2_000;
    private static final Comparator<TrackedInstance> ORDER = Comparator.comparing(TrackedInstance::baseline)
            .thenComparingLong(TrackedInstance::enabledAt).thenComparing(TrackedInstance::plugin);
    private static final Comparator<TrackedInstance> NEWEST =
            Comparator.<TrackedInstance, Boolean>comparing(instance -> instance.life() != TrackedInstance.Life.REFUSED)
                    .thenComparingLong(TrackedInstance::revision);

    private final BundleContext context;
    private final ServiceListener listener = this::changed;
    private final Map<ServiceReference<?>, TrackedInstance> tracked = new ConcurrentHashMap<>();
    private final Map<String, List<TrackedInstance>> byStore = new ConcurrentHashMap<>();
    private final ExecutorService creation;
    private long changes;

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle
     */
    @Activate
    public InstanceIndex(BundleContext context) {
        this.context = context;
        AtomicLong threads = new AtomicLong();
        this.creation = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "kontor-plugin-start-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            context.addServiceListener(listener, FILTER);
            ServiceReference<?>[] present = context.getAllServiceReferences(null, FILTER);
            if (present != null) {
                for (ServiceReference<?> reference : present) {
                    track(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Deactivate
    void close() {
        context.removeServiceListener(listener);
        tracked.keySet().forEach(this::forget);
        creation.shutdownNow();
    }

    private void changed(ServiceEvent event) {
        switch (event.getType()) {
            case ServiceEvent.REGISTERED, ServiceEvent.MODIFIED -> track(event.getServiceReference());
            case ServiceEvent.UNREGISTERING, ServiceEvent.MODIFIED_ENDMATCH -> forget(event.getServiceReference());
            default -> throw new IllegalStateException("unknown service event " + event.getType());
        }
    }

    private void track(ServiceReference<?> reference) {
        TrackedInstance instance = new TrackedInstance(context, reference, creation);
        TrackedInstance before = tracked.put(reference, instance);
        byStore.compute(instance.store(), (store, present) -> {
            List<TrackedInstance> more = new ArrayList<>(present == null ? List.of() : present);
            more.remove(before);
            more.add(instance);
            more.sort(ORDER);
            return List.copyOf(more);
        });
        synchronized (this) {
            changes++;
            notifyAll();
        }
        if (before != null) {
            before.retire(PATIENCE_MILLIS);
        }
    }

    private void forget(ServiceReference<?> reference) {
        TrackedInstance instance = tracked.remove(reference);
        if (instance != null) {
            byStore.computeIfPresent(instance.store(), (store, present) -> {
                List<TrackedInstance> rest = present.stream().filter(other -> other != instance).toList();
                return rest.isEmpty() ? null : rest;
            });
            instance.retire(PATIENCE_MILLIS);
        }
    }

    @Override
    public List<PluginInstance> instances(String store, String family) {
        List<PluginInstance> found = new ArrayList<>();
        for (TrackedInstance instance : byStore.getOrDefault(store, List.of())) {
            if (instance.family().equals(family) && newest(store, instance.plugin()).filter(newest -> newest == instance).isPresent()) {
                found.add(instance);
            }
        }
        return found;
    }

    @Override
    public Optional<PluginInstance> instance(String store, String plugin) {
        return newest(store, plugin).map(PluginInstance.class::cast);
    }

    @Override
    public List<PluginInstance> parts(String store, String plugin, Class<?> type) {
        List<TrackedInstance> all = byStore.getOrDefault(store, List.of()).stream().filter(instance -> instance.plugin().equals(plugin)
                && instance.provides(type) && instance.life() != TrackedInstance.Life.REFUSED).toList();
        long newest = all.stream().mapToLong(TrackedInstance::revision).max().orElse(0);
        return all.stream().filter(instance -> instance.revision() == newest).map(PluginInstance.class::cast).toList();
    }

    private Optional<TrackedInstance> newest(String store, String plugin) {
        TrackedInstance newest = null;
        for (TrackedInstance instance : byStore.getOrDefault(store, List.of())) {
            if (instance.plugin().equals(plugin) && instance.leads() && (newest == null || NEWEST.compare(instance, newest) > 0)) {
                newest = instance;
            }
        }
        return Optional.ofNullable(newest);
    }

    /** The instance that was made from this very configuration. */
    Optional<TrackedInstance> instance(Enabled one) {
        return byStore.getOrDefault(one.store(), List.of()).stream().filter(instance -> instance.plugin().equals(one.plugin())
                && instance.leads() && instance.version().equals(one.version()) && instance.revision() == one.revision()).findFirst();
    }

    /** How many instances have come so far. */
    synchronized long changes() {
        return changes;
    }

    /** Waits until more instances have come than were seen, at most so long. */
    synchronized void awaitChange(long seen, long millis) throws InterruptedException {
        if (changes == seen) {
            wait(millis);
        }
    }
}
