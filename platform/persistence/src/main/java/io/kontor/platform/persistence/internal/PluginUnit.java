package io.kontor.platform.persistence.internal;

import jakarta.persistence.EntityManagerFactory;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The unit of one bundle: built on a thread of its own, published as a service, closed with the bundle. */
final class PluginUnit implements AutoCloseable {

    private EntityManagerFactory factory;
    private ServiceRegistration<EntityManagerFactory> registration;
    private boolean closed;

    private PluginUnit() {
    }

    static PluginUnit begin(Bundle bundle, Supplier<EntityManagerFactory> builder) {
        PluginUnit unit = new PluginUnit();
        BundleContext context = bundle.getBundleContext();
        new Thread(() -> unit.publish(context, bundle.getSymbolicName(), builder), "kontor-entities-" + bundle.getSymbolicName()).start();
        return unit;
    }

    private void publish(BundleContext context, String name, Supplier<EntityManagerFactory> builder) {
        EntityManagerFactory built = builder.get();
        synchronized (this) {
            if (closed) {
                built.close();
                return;
            }
            factory = built;
            registration = context.registerService(EntityManagerFactory.class, built, PersistenceBundle.unit(name));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (registration != null) {
            try {
                registration.unregister();
            } catch (IllegalStateException gone) {
                registration = null;
            }
            factory.close();
        }
    }
}
