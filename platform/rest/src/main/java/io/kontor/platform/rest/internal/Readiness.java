package io.kontor.platform.rest.internal;

import io.kontor.platform.data.Customers;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Events;
import io.kontor.platform.data.Imports;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.rest.internal.routing.LastWord;
import io.kontor.platform.security.Access;
import io.kontor.platform.security.AuditLog;
import io.kontor.platform.security.Users;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.Stores;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Knows what the server waits for. When nothing is missing any more it says so by a service with the property {@value #READY}, whose value
 * is the address under which the server answers.
 */
@Component(service = Readiness.class, immediate = true)
public final class Readiness {

    /** Service property with the server's address. */
    public static final String READY = "kontor.ready";

    private static final String ENDPOINT = "osgi.http.endpoint";
    private static final String HTTP_RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";

    private final BundleContext context;
    private final Map<String, String> awaited = new LinkedHashMap<>();
    private final ServiceListener listener = event -> announce();
    private final SynchronousBundleListener stop = this::stop;
    private ServiceRegistration<?> announcement;
    private boolean closed;
    private volatile boolean stopping;

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle
     */
    @Activate
    public Readiness(BundleContext context) {
        this.context = context;
        await("database", Database.class);
        awaited.put("entities", "(&(objectClass=jakarta.persistence.EntityManagerFactory)(osgi.unit.name=kernel))");
        await("stores", Stores.class);
        await("keys", Access.class);
        await("users", Users.class);
        await("audit", AuditLog.class);
        await("bundles", BundleDeployer.class);
        await("activations", Activations.class);
        await("jobs", Jobs.class);
        await("imports", Imports.class);
        await("events", Events.class);
        await("data", DataAccess.class);
        await("customers", Customers.class);
        await("schedules", Schedules.class);
        await("models", ModelRegistry.class);
        await("live models", LiveModels.class);
        await("recommendations", RecommendationDesk.class);
        awaited.put("http", "(&(objectClass=" + HTTP_RUNTIME + ")(" + ENDPOINT + "=*))");
        try {
            context.addBundleListener(stop);
            context.addServiceListener(listener, "(|" + String.join("", awaited.values()) + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        announce();
    }

    private void await(String name, Class<?> service) {
        awaited.put(name, "(objectClass=" + service.getName() + ")");
    }

    /**
     * What the server waits for.
     *
     * @return names; empty when it is ready
     */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        awaited.forEach((name, filter) -> {
            if (find(filter) == null) {
                missing.add(name);
            }
        });
        return missing;
    }

    /**
     * Whether the server is on its way down, so that what is missing will not come.
     *
     * @return whether it stops
     */
    public boolean stopping() {
        return stopping;
    }

    /** Lets whoever still asks when the rest has gone hear why there is no answer. */
    private void stop(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            stopping = true;
            ServiceReference<?> http = find(awaited.get("http"));
            BundleContext listening = http == null ? null : http.getBundle().getBundleContext();
            if (listening != null) {
                LastWord.say(listening);
            }
        }
    }

    private ServiceReference<?> find(String filter) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void announce() {
        if (announcement == null && !closed && missing().isEmpty()) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(READY, address());
            announcement = context.registerService(Object.class, new Object(), properties);
        }
    }

    private String address() {
        Object endpoint = find(awaited.get("http")).getProperty(ENDPOINT);
        String first = endpoint instanceof String[] several ? several[0] : endpoint instanceof List<?> list ? list.get(0).toString()
                : endpoint.toString();
        return first.endsWith("/") ? first.substring(0, first.length() - 1) : first;
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        context.removeServiceListener(listener);
        context.removeBundleListener(stop);
        if (announcement != null) {
            announcement.unregister();
            announcement = null;
        }
    }
}
