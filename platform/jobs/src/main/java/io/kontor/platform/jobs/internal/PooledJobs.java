package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Runs jobs on a few threads of this process; the queue and the history are the table {@code job}. */
@Component(immediate = true, service = {Jobs.class, JobQueue.class})
public final class PooledJobs implements Jobs, JobQueue {

    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    private final JobStore store;
    private final JobLog log;
    private final Handlers handlers = new Handlers();
    private final Map<ServiceReference<JobHandler>, BorrowedHandler> borrowed = new ConcurrentHashMap<>();
    private final ExecutorService listeners = listenerThread();
    private final Followers followers = new Followers(listeners);
    private final Workers workers;
    private final JobLoop loop;

    /**
     * Starts with what the database has. Returns before that is read.
     *
     * @param database where jobs are kept
     * @param context of this bundle; its property {@code kontor.job.limits} tells how long jobs may run
     */
    @Activate
    public PooledJobs(@Reference Database database, BundleContext context) {
        this(database, Clock.systemUTC(), new JobLimits(context.getProperty("kontor.job.limits")),
                Math.min(4, Runtime.getRuntime().availableProcessors() + 1),
                ClusterNodes.SILENCE);
    }

    PooledJobs(Database database, Clock clock, JobLimits limits, int threads, Duration silence) {
        store = new JobStore(database, clock);
        log = new JobLog(database);
        workers = new Workers(store, log, followers, clock, limits, this::wake, threads);
        loop = new JobLoop(store, new ClusterNodes(database, store.node(), silence), handlers, workers, followers);
        loop.start();
    }

    /** Interrupts running jobs and gives them back to the queue. */
    @Deactivate
    public void stop() {
        try {
            loop.stop();
            workers.stop(PATIENCE_AT_STOP);
            loop.leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.shutdownNow();
        }
    }

    /** Takes what leads to the handler and not the handler itself, which may need this very service to be made. */
    @Reference(service = JobHandler.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindHandler(ComponentServiceObjects<JobHandler> services, Map<String, Object> properties) {
        BorrowedHandler handler = new BorrowedHandler(services);
        borrowed.put(services.getServiceReference(), handler);
        addHandler(handler, properties);
    }

    void unbindHandler(ComponentServiceObjects<JobHandler> services) {
        BorrowedHandler handler = borrowed.remove(services.getServiceReference());
        if (handler != null) {
            removeHandler(handler);
            handler.close();
        }
    }

    void addHandler(JobHandler handler, Map<String, Object> properties) {
        if (properties.get(JobHandler.TYPE) instanceof String type) {
            handlers.add(type, handler);
            wake();
        }
    }

    void removeHandler(JobHandler handler) {
        handlers.remove(handler);
        workers.stopHandler(handler);
    }

    @Override
    public String submit(JobRequest request) {
        String id = store.insert(request).id();
        wake();
        return id;
    }

    @Override
    public String enqueue(EntityManager em, JobRequest request) {
        return store.insert(em, request).id();
    }

    @Override
    public void wake() {
        loop.wake();
    }

    @Override
    public Optional<Job> find(String id) {
        Optional<Job> running = workers.running(id).map(RunningJob::job);
        return running.isPresent() ? running : store.find(id);
    }

    @Override
    public List<Job> list(String ofStore, Job.State state, String before, int limit) {
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit is not from 1 to 500: " + limit);
        }
        return store.list(ofStore, state, before, limit).stream().map(this::latest).toList();
    }

    @Override
    public Map<Job.State, Long> counts() {
        return store.counts();
    }

    private Job latest(Job stored) {
        return stored.state() == Job.State.RUNNING ? workers.running(stored.id()).map(RunningJob::job).orElse(stored) : stored;
    }

    @Override
    public List<String> log(String id) {
        workers.running(id).ifPresent(log::flush);
        return log.lines(id);
    }

    @Override
    public boolean cancel(String id) {
        JobStore.Cancelling cancelling = store.cancel(id);
        switch (cancelling) {
            case DONE -> store.find(id).ifPresent(followers::publish);
            case ASKED -> workers.running(id).ifPresent(job -> job.stop(RunningJob.Stop.CANCELLED));
            default -> { }
        }
        return cancelling != JobStore.Cancelling.TOO_LATE;
    }

    @Override
    public boolean amend(String id, Map<String, Object> result, String message) {
        boolean amended = store.amend(id, Json.write(result), message);
        if (amended) {
            store.find(id).ifPresent(followers::publish);
        }
        return amended;
    }

    @Override
    public Optional<Job> await(String id, Duration timeout) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (Followers.Follower follower = followers.addDirect(id, job -> {
            if (job.state().ended()) {
                ended.countDown();
            }
        })) {
            Optional<Job> job = find(id);
            if (job.isEmpty() || job.get().state().ended()) {
                return job;
            }
            return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS) ? store.find(id) : find(id);
        }
    }

    @Override
    public Subscription follow(String id, Consumer<Job> listener) {
        Followers.Follower follower = followers.add(id, listener);
        find(id).ifPresentOrElse(follower::first, follower::close);
        return follower;
    }

    private static ExecutorService listenerThread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                new NamedThreads("kontor-job-listeners-"), new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
