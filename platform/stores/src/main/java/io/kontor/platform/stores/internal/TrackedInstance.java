package io.kontor.platform.stores.internal;

import io.kontor.platform.stores.PluginInstance;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** An instance behind its service reference, which counts who is using it. */
final class TrackedInstance implements PluginInstance {

    private final BundleContext context;
    private final ServiceReference<?> reference;
    private final String store;
    private final String plugin;
    private final Version version;
    private final String family;
    private final boolean baseline;
    private final long enabledAt;
    private Object service;
    private int leases;
    private boolean gone;

    TrackedInstance(BundleContext context, ServiceReference<?> reference) {
        this.context = context;
        this.reference = reference;
        this.store = text(reference, Properties.STORE);
        this.plugin = text(reference, Properties.PLUGIN);
        this.version = Version.parseVersion(text(reference, Properties.VERSION));
        this.family = text(reference, Properties.FAMILY);
        this.baseline = Boolean.TRUE.equals(reference.getProperty(Properties.BASELINE));
        this.enabledAt = reference.getProperty(Properties.ENABLED_AT) instanceof Long at ? at : 0;
    }

    private static String text(ServiceReference<?> reference, String name) {
        Object value = reference.getProperty(name);
        return value == null ? "" : value.toString();
    }

    @Override
    public String store() {
        return store;
    }

    @Override
    public String plugin() {
        return plugin;
    }

    @Override
    public Version version() {
        return version;
    }

    @Override
    public String family() {
        return family;
    }

    @Override
    public boolean baseline() {
        return baseline;
    }

    long enabledAt() {
        return enabledAt;
    }

    ServiceReference<?> reference() {
        return reference;
    }

    @Override
    public Optional<Lease> lease() {
        Object ready = acquire();
        if (ready == null) {
            return Optional.empty();
        }
        return Optional.of(new Borrowed(ready));
    }

    /** The first one creates the instance; creation happens outside the lock, as Declarative Services may call back. */
    private Object acquire() {
        synchronized (this) {
            if (gone) {
                return null;
            }
            leases++;
            if (service != null) {
                return service;
            }
        }
        Object created = context.getService(reference);
        synchronized (this) {
            if (created == null) {
                release();
                return null;
            }
            if (service == null) {
                service = created;
            } else {
                context.ungetService(reference);
            }
            return service;
        }
    }

    private synchronized void release() {
        leases--;
        if (leases == 0) {
            notifyAll();
        }
    }

    /** No new leases from now on; waits for the open ones, then lets the service go. */
    void retire(long patienceMillis) {
        synchronized (this) {
            gone = true;
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            try {
                for (long left = patienceMillis; leases > 0 && left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (service != null) {
            context.ungetService(reference);
        }
    }

    /** One open lease. */
    private final class Borrowed implements Lease {

        private final Object object;
        private boolean closed;

        Borrowed(Object object) {
            this.object = object;
        }

        @Override
        public Object service() {
            return object;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                release();
            }
        }
    }
}
