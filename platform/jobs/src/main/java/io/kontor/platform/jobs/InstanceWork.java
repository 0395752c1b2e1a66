package io.kontor.platform.jobs;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Lets a job work with the instance of a plugin that serves a store. When that instance leaves meanwhile, because of new settings or another
 * version, the work is cancelled and begun again with the next one; when there is none any more, the job fails. Immutable; safe for use by
 * several threads.
 */
public final class InstanceWork {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long GLANCE_MILLIS = 100;

    private final ActivePlugins active;
    private final Activations activations;
    private final long patienceNanos;

    /**
     * Works with instances.
     *
     * @param active the running instances
     * @param activations tells whether one will come
     */
    public InstanceWork(ActivePlugins active, Activations activations) {
        this(active, activations, PATIENCE);
    }

    /**
     * Works with instances.
     *
     * @param active the running instances
     * @param activations tells whether one will come
     * @param patience how long an enabled plugin may take to come up
     */
    public InstanceWork(ActivePlugins active, Activations activations, Duration patience) {
        this.active = active;
        this.activations = activations;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Which component of a plugin is wanted.
     *
     * @param type the interface of the API that it is registered under
     * @param which tells it from others of that interface
     * @param name what it is called in messages
     * @param <S> its type
     */
    public record Part<S>(Class<S> type, Predicate<PluginInstance> which, String name) {
    }

    /**
     * Work on a service object.
     *
     * @param <S> its type
     * @param <T> type of the result
     */
    @FunctionalInterface
    public interface Work<S, T> {

        /**
         * Does the work, with the class loader of the service object as that of the thread.
         *
         * @param service the service object
         * @param context of the job; cancelled when the instance leaves, too
         * @return the result
         * @throws Exception to let the job fail
         */
        T on(S service, JobContext context) throws Exception;
    }

    /**
     * Does the work.
     *
     * @param request names store and plugin
     * @param part which component
     * @param context of the job
     * @param work may be called several times
     * @param <S> type of the component
     * @param <T> type of the result
     * @return what the work returned
     * @throws Exception what the work throws
     * @throws KontorException of kind CONFIGURATION when the plugin is not enabled, of kind PLUGIN when it does not come up
     */
    public <S, T> T run(JobRequest request, Part<S> part, JobContext context, Work<S, T> work) throws Exception {
        while (true) {
            Attempt attempt = new Attempt(context);
            try (PluginInstance.Lease lease = lease(request, part, attempt, context)) {
                return attempt.call(part.type().cast(lease.service()), work);
            } catch (Throwable failure) {
                context.checkCancelled();
                if (!attempt.instanceLeft()) {
                    throw failure;
                }
                context.log("The plugin's instance was replaced or removed while it worked");
            }
        }
    }

    /** Borrows the instance; while the plugin is just coming up, waits for it. */
    private PluginInstance.Lease lease(JobRequest request, Part<?> part, Attempt attempt, JobContext context) throws InterruptedException {
        String plugin = request.plugin();
        long end = System.nanoTime() + patienceNanos;
        while (true) {
            Optional<PluginInstance.Lease> lease = active.parts(request.store(), plugin, part.type()).stream().filter(part.which())
                    .findFirst().flatMap(instance -> instance.lease(attempt));
            if (lease.isPresent()) {
                return lease.get();
            }
            if (activations.choice(request.store(), plugin).isEmpty()) {
                throw new KontorException(KontorException.Kind.CONFIGURATION, "The plugin " + plugin + " is not enabled for this store.");
            }
            if (System.nanoTime() > end) {
                throw new KontorException(KontorException.Kind.PLUGIN, "The " + part.name() + " of the plugin " + plugin
                        + " does not run for this store; the plugin's state tells why.");
            }
            context.checkCancelled();
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
    }

    /** One call, which ends when the job is cancelled or the instance leaves. */
    private static final class Attempt implements JobContext, Runnable {

        private final JobContext job;
        private Thread thread;
        private boolean left;

        Attempt(JobContext job) {
            this.job = job;
        }

        <S, T> T call(S service, Work<S, T> work) throws Exception {
            Thread caller = Thread.currentThread();
            ClassLoader before = caller.getContextClassLoader();
            caller.setContextClassLoader(service.getClass().getClassLoader());
            try {
                enter(caller);
                return work.on(service, this);
            } finally {
                leave();
                caller.setContextClassLoader(before);
            }
        }

        private synchronized void enter(Thread caller) {
            checkCancelled();
            thread = caller;
        }

        private synchronized void leave() {
            thread = null;
            if (left) {
                Thread.interrupted();
            }
        }

        synchronized boolean instanceLeft() {
            return left;
        }

        /** The instance leaves. */
        @Override
        public synchronized void run() {
            left = true;
            if (thread != null) {
                thread.interrupt();
            }
        }

        @Override
        public void progress(double fraction, String message) {
            job.progress(fraction, message);
        }

        @Override
        public void log(String line) {
            job.log(line);
        }

        @Override
        public void checkCancelled() {
            job.checkCancelled();
            if (instanceLeft()) {
                throw new CancellationException("The plugin's instance leaves.");
            }
        }
    }
}
