package io.kontor.platform.stores.internal;

import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    private final BundleContext context;
    private final ServiceListener listener = this::changed;
    private final Map<ServiceReference<?>, TrackedInstance> tracked = new ConcurrentHashMap<>();
    private final Map<String, List<TrackedInstance>> byStore = new ConcurrentHashMap<>();

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle
     */
    @Activate
    public InstanceIndex(BundleContext context) {
        this.context = context;
        try {
            context.addServiceListener(listener, FILTER);
            ServiceReference<?>[] present = context.getAllServiceReferences(null, FILTER);
            if (present != null) {
                for (ServiceReference<?> reference : present) {
                    add(reference);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Deactivate
    void close() {
        context.removeServiceListener(listener);
        tracked.keySet().forEach(this::remove);
    }

    private void changed(ServiceEvent event) {
        switch (event.getType()) {
            case ServiceEvent.REGISTERED -> add(event.getServiceReference());
            case ServiceEvent.UNREGISTERING, ServiceEvent.MODIFIED_ENDMATCH -> remove(event.getServiceReference());
            case ServiceEvent.MODIFIED -> {
                remove(event.getServiceReference());
                add(event.getServiceReference());
            }
            default -> throw new IllegalStateException("unknown service event " + event.getType());
        }
    }

    private void add(ServiceReference<?> reference) {
        TrackedInstance instance = new TrackedInstance(context, reference);
        if (tracked.putIfAbsent(reference, instance) == null) {
            byStore.compute(instance.store(), (store, present) -> {
                List<TrackedInstance> more = new ArrayList<>(present == null ? List.of() : present);
                more.add(instance);
                more.sort(ORDER);
                return List.copyOf(more);
            });
        }
        synchronized (this) {
            notifyAll();
        }
    }

    private void remove(ServiceReference<?> reference) {
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
            if (instance.family().equals(family) && newest(store, instance.plugin()) == instance) {
                found.add(instance);
            }
        }
        return found;
    }

    @Override
    public Optional<PluginInstance> instance(String store, String plugin) {
        return Optional.ofNullable(newest(store, plugin));
    }

    private TrackedInstance newest(String store, String plugin) {
        TrackedInstance best = null;
        for (TrackedInstance instance : byStore.getOrDefault(store, List.of())) {
            if (instance.plugin().equals(plugin) && (best == null || instance.version().compareTo(best.version()) > 0)) {
                best = instance;
            }
        }
        return best;
    }

    /** Waits until something registers, at most so long; the caller looks again. */
    synchronized void awaitChange(long millis) throws InterruptedException {
        wait(millis);
    }
}
