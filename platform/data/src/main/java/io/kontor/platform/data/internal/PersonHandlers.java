package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.privacy.PersonalDataHandler;
import io.kontor.api.privacy.Person;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls what plugins keep of persons, each call on a thread of its own and with a deadline. A call that is late is interrupted and left
 * alone; until it ends, no other is made to the same handler. Safe for use by several threads.
 */
@Component(service = PersonHandlers.class)
public final class PersonHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(PersonHandlers.class);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Duration deadline;
    private final Map<ServiceReference<PersonalDataHandler>, Handler> handlers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kontor-personal-data");
        thread.setDaemon(true);
        return thread;
    });

    /** A plugin's handler for a store. */
    private static final class Handler {

        private final String store;
        private final String plugin;
        private final ComponentServiceObjects<PersonalDataHandler> services;
        private final AtomicBoolean busy = new AtomicBoolean();

        Handler(String store, String plugin, ComponentServiceObjects<PersonalDataHandler> services) {
            this.store = store;
            this.plugin = plugin;
            this.services = services;
        }

        <T> T call(Call<T> call) throws Exception {
            try {
                return within(call);
            } finally {
                busy.set(false);
            }
        }

        private <T> T within(Call<T> call) throws Exception {
            PersonalDataHandler handler = services.getService();
            if (handler == null) {
                throw new IllegalStateException("the plugin could not be started");
            }
            Thread thread = Thread.currentThread();
            thread.setContextClassLoader(handler.getClass().getClassLoader());
            try {
                return call.on(handler);
            } finally {
                thread.setContextClassLoader(null);
                services.ungetService(handler);
            }
        }
    }

    /** What is asked of a handler. */
    @FunctionalInterface
    private interface Call<T> {

        T on(PersonalDataHandler handler) throws Exception;
    }

    /**
     * What came of a call.
     *
     * @param value what the handler gave; null when it failed
     * @param failure why it failed, in one sentence; null when it did not
     */
    record Said<T>(T value, String failure) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.privacy.deadline} gives the deadline in milliseconds
     */
    @Activate
    public PersonHandlers(BundleContext context) {
        this(Optional.ofNullable(context.getProperty("kontor.privacy.deadline")).map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .orElse(DEADLINE));
    }

    PersonHandlers(Duration deadline) {
        this.deadline = deadline;
    }

    /** Takes what leads to the handler and not the handler itself, so that no plugin is made before it is needed. */
    @Reference(service = PersonalDataHandler.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHandler(ComponentServiceObjects<PersonalDataHandler> services, Map<String, Object> properties) {
        if (properties.get(Plugin.STORE) instanceof String store && properties.get(ComponentConstants.COMPONENT_NAME) instanceof String plugin) {
            handlers.put(services.getServiceReference(), new Handler(store, plugin, services));
        } else {
            LOG.warn("A service that should take part in exports and erasures is left out, as it is no plugin enabled for a store: {}",
                    services.getServiceReference());
        }
    }

    void unbindHandler(ComponentServiceObjects<PersonalDataHandler> services) {
        handlers.remove(services.getServiceReference());
    }

    /** The handlers of a store, one a plugin: the first to come, as a training run may make further instances. */
    private Map<String, Handler> of(String store) {
        Map<String, Handler> found = new LinkedHashMap<>();
        handlers.entrySet().stream().filter(entry -> entry.getValue().store.equals(store))
                .sorted(Map.Entry.<ServiceReference<PersonalDataHandler>, Handler>comparingByKey(Comparator.reverseOrder()))
                .forEach(entry -> found.putIfAbsent(entry.getValue().plugin, entry.getValue()));
        return found;
    }

    /** Has all plugins of a store erase a person. */
    Map<String, Said<Long>> erase(String store, Person person) {
        return all(of(store), handler -> Math.max(0, handler.erase(person)));
    }

    /** Has one plugin of a store erase a person; empty when the plugin is not there. */
    Optional<Said<Long>> erase(String store, String plugin, Person person) {
        Handler handler = of(store).get(plugin);
        return handler == null ? Optional.empty()
                : Optional.of(all(Map.of(plugin, handler), present -> Math.max(0, present.erase(person))).get(plugin));
    }

    /** What all plugins of a store know of a person. */
    Map<String, Said<List<Map<String, Object>>>> export(String store, Person person) {
        return all(of(store), handler -> plain(handler.export(person)));
    }

    /** JSON values only, and none that the plugin still holds. */
    private static List<Map<String, Object>> plain(List<Map<String, Object>> rows) throws IOException {
        return JSON.readValue(JSON.writeValueAsBytes(rows), new TypeReference<>() { });
    }

    private <T> Map<String, Said<T>> all(Map<String, Handler> asked, Call<T> call) {
        Map<String, Future<T>> calls = new LinkedHashMap<>();
        Map<String, Said<T>> said = new LinkedHashMap<>();
        asked.forEach((plugin, handler) -> {
            if (handler.busy.compareAndSet(false, true)) {
                calls.put(plugin, threads.submit(() -> handler.call(call)));
            } else {
                said.put(plugin, new Said<>(null, plugin + " has not come back from an earlier call"));
            }
        });
        long until = System.nanoTime() + deadline.toNanos();
        calls.forEach((plugin, future) -> said.put(plugin, await(plugin, future, until)));
        return said;
    }

    private <T> Said<T> await(String plugin, Future<T> future, long until) {
        try {
            return new Said<>(future.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS), null);
        } catch (TimeoutException e) {
            future.cancel(true);
            LOG.warn("The plugin {} did not answer for a person's data within {} ms", plugin, deadline.toMillis());
            return new Said<>(null, plugin + " did not answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            // Without the message, which may name the person.
            LOG.warn("The plugin {} failed with {} for a person's data", plugin, e.getCause().getClass().getName());
            return new Said<>(null, plugin + " failed with " + e.getCause().getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
            return new Said<>(null, plugin + " was not waited for because the server stops");
        }
    }

    @Deactivate
    void close() {
        threads.shutdownNow();
    }
}
