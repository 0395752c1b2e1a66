package io.kontor.platform.stores.internal;

import io.kontor.platform.stores.PluginInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance behind its service reference, which counts who is using it. The plugin's constructor runs on a thread of its own, so that one
 * that never returns costs its caller a bounded time.
 */
final class TrackedInstance implements PluginInstance {

    /** How far an instance has come. */
    enum Life {
        /** Nobody has asked for it yet. */
        NEW,
        /** Its constructor is running. */
        CREATING,
        /** It is there. */
        CREATED,
        /** Its constructor threw when it was last asked for. */
        REFUSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(TrackedInstance.class);
    private static final long CREATION_MILLIS = 1_000;

    private final BundleContext context;
    private final ServiceReference<?> reference;
    private final Executor creation;
    private final String store;
    private final String plugin;
    private final Version version;
    private final String family;
    private final boolean baseline;
    private final Set<String> interfaces;
    private final long enabledAt;
    private final long revision;
    private volatile Life life = Life.NEW;
    private long creatingSince;
    private Object service;
    private int leases;
    private final List<Runnable> leavings = new ArrayList<>();
    private boolean gone;

    TrackedInstance(BundleContext context, ServiceReference<?> reference, Executor creation) {
        this.context = context;
        this.reference = reference;
        this.creation = creation;
        this.store = text(reference, Properties.STORE);
        this.plugin = text(reference, Properties.PLUGIN);
        this.version = Version.parseVersion(text(reference, Properties.VERSION));
        this.family = text(reference, Properties.FAMILY);
        this.baseline = Boolean.TRUE.equals(reference.getProperty(Properties.BASELINE));
        this.interfaces = Set.copyOf(List.of((String[]) reference.getProperty(Constants.OBJECTCLASS)));
        this.enabledAt = number(reference, Properties.ENABLED_AT);
        this.revision = number(reference, Properties.REVISION);
    }

    private static String text(ServiceReference<?> reference, String name) {
        Object value = reference.getProperty(name);
        return value == null ? "" : value.toString();
    }

    private static long number(ServiceReference<?> reference, String name) {
        return reference.getProperty(name) instanceof Long number ? number : 0;
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

    @Override
    public boolean provides(Class<?> type) {
        return interfaces.contains(type.getName());
    }

    @Override
    public Object property(String name) {
        return reference.getProperty(name);
    }

    /** Whether it is the plugin's own component, not one beside it. */
    boolean leads() {
        return !family.isEmpty();
    }

    long enabledAt() {
        return enabledAt;
    }

    long revision() {
        return revision;
    }

    Life life() {
        return life;
    }

    @Override
    public Optional<Lease> lease() {
        return lease(() -> { });
    }

    @Override
    public Optional<Lease> lease(Runnable leaving) {
        try {
            synchronized (this) {
                if (!created(CREATION_MILLIS)) {
                    return Optional.empty();
                }
                leases++;
                leavings.add(leaving);
                return Optional.of(new Borrowed(service, leaving));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Makes Declarative Services create the instance if it has not.
     *
     * @param patienceMillis how long to wait for the plugin's constructor
     * @return whether it is there now
     */
    boolean create(long patienceMillis) throws InterruptedException {
        synchronized (this) {
            return created(patienceMillis);
        }
    }

    /** Waits from the beginning of the creation on, so that only the first callers of a constructor that hangs are kept waiting. */
    private boolean created(long patienceMillis) throws InterruptedException {
        if (life != Life.CREATED && !gone) {
            if (life != Life.CREATING) {
                life = Life.CREATING;
                creatingSince = System.nanoTime();
                creation.execute(this::create);
            }
            long end = creatingSince + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            for (long left = millisTo(end); life == Life.CREATING && !gone && left > 0; left = millisTo(end)) {
                wait(left);
            }
        }
        return life == Life.CREATED && !gone;
    }

    private static long millisTo(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    /** Outside the lock, as Declarative Services may call back. */
    private void create() {
        Object made = null;
        try {
            made = context.getService(reference);
        } catch (IllegalStateException e) {
            LOG.debug("{} for {} was not created as the server is stopping", plugin, store);
        }
        boolean late;
        synchronized (this) {
            service = made;
            life = made == null ? Life.REFUSED : Life.CREATED;
            late = gone && made != null;
            notifyAll();
        }
        if (late) {
            context.ungetService(reference);
        }
    }

    private synchronized void release(Runnable leaving) {
        leases--;
        leavings.remove(leaving);
        if (leases == 0) {
            notifyAll();
        }
    }

    /** No new leases from now on; waits for the open ones, then lets the service go. */
    void retire(long patienceMillis) {
        List<Runnable> told;
        synchronized (this) {
            gone = true;
            notifyAll();
            told = List.copyOf(leavings);
        }
        told.forEach(Runnable::run);
        boolean held;
        synchronized (this) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
            try {
                for (long left = patienceMillis; leases > 0 && left > 0; left = millisTo(end)) {
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            held = life == Life.CREATED;
        }
        if (held) {
            context.ungetService(reference);
        }
    }

    /** One open lease. */
    private final class Borrowed implements Lease {

        private final Object object;
        private final Runnable leaving;
        private boolean closed;

        Borrowed(Object object, Runnable leaving) {
            this.object = object;
            this.leaving = leaving;
        }

        @Override
        public Object service() {
            return object;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                release(leaving);
            }
        }
    }
}
