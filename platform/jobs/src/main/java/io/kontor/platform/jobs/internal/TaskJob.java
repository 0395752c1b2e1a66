package io.kontor.platform.jobs.internal;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.ScheduledTask;
import io.kontor.api.job.Task;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Does a task that a plugin brings, with the instance that serves the store. When that instance leaves meanwhile, because of new settings or
 * another version, the task is cancelled and begun again with the next one; when there is none any more, the job fails.
 */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + PluginTask.OWN)
public final class TaskJob implements JobHandler {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long GLANCE_MILLIS = 100;

    private final ActivePlugins active;
    private final Activations activations;
    private final long patienceNanos;

    /**
     * The handler.
     *
     * @param active the running instances
     * @param activations tells whether one will come
     */
    @Activate
    public TaskJob(@Reference ActivePlugins active, @Reference Activations activations) {
        this(active, activations, PATIENCE);
    }

    TaskJob(ActivePlugins active, Activations activations, Duration patience) {
        this.active = active;
        this.activations = activations;
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws Exception {
        String task = (String) request.parameters().get(TaskRequests.TASK);
        while (true) {
            Attempt attempt = new Attempt(context);
            try (PluginInstance.Lease lease = lease(request.store(), request.plugin(), task, attempt, context)) {
                return TaskResult.checked(attempt.call((ScheduledTask) lease.service()));
            } catch (Throwable failure) {
                context.checkCancelled();
                if (!attempt.instanceLeft()) {
                    throw failure;
                }
                context.log("The plugin's instance was replaced or removed while the task ran");
            }
        }
    }

    /** Borrows the instance; while the plugin is just coming up, waits for it. */
    private PluginInstance.Lease lease(String store, String plugin, String task, Attempt attempt, JobContext context)
            throws InterruptedException {
        long end = System.nanoTime() + patienceNanos;
        while (true) {
            Optional<PluginInstance.Lease> lease = active.parts(store, plugin, ScheduledTask.class).stream()
                    .filter(part -> task.equals(part.property(Task.PREFIX_ + "id"))).findFirst().flatMap(part -> part.lease(attempt));
            if (lease.isPresent()) {
                return lease.get();
            }
            if (activations.choice(store, plugin).isEmpty()) {
                throw new KontorException(KontorException.Kind.CONFIGURATION, "The plugin " + plugin + " is not enabled for this store.");
            }
            if (System.nanoTime() > end) {
                throw new KontorException(KontorException.Kind.PLUGIN, "The task " + task + " of the plugin " + plugin
                        + " does not run for this store; the plugin's state tells why.");
            }
            context.checkCancelled();
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
    }

    /** One call of the task, which ends when the job is cancelled or the instance leaves. */
    private static final class Attempt implements JobContext, Runnable {

        private final JobContext job;
        private Thread thread;
        private boolean left;

        Attempt(JobContext job) {
            this.job = job;
        }

        Map<String, Object> call(ScheduledTask task) throws Exception {
            Thread caller = Thread.currentThread();
            ClassLoader before = caller.getContextClassLoader();
            caller.setContextClassLoader(task.getClass().getClassLoader());
            try {
                enter(caller);
                return task.run(this);
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
