package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that run handlers, and what becomes of the job when a handler ends. Safe for use by several threads. */
final class Workers {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final JobStore store;
    private final JobLog log;
    private final Followers followers;
    private final Clock clock;
    private final JobLimits limits;
    private final Runnable freed;
    private final int size;
    private final ThreadPoolExecutor threads;
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * Idle workers.
     *
     * @param limits how long jobs may run
     * @param freed called after each job, when there is room for another one
     * @param size so many jobs run at once
     */
    Workers(JobStore store, JobLog log, Followers followers, Clock clock, JobLimits limits, Runnable freed, int size) {
        this.store = store;
        this.log = log;
        this.followers = followers;
        this.clock = clock;
        this.limits = limits;
        this.freed = freed;
        this.size = size;
        threads = new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new NamedThreads("kontor-job-"));
        threads.allowCoreThreadTimeOut(true);
    }

    int size() {
        return size;
    }

    Collection<RunningJob> running() {
        return running.values();
    }

    Optional<RunningJob> running(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** Runs a job that was claimed for this node. */
    void start(JobEntity claimed, JobHandler handler) {
        RunningJob job = new RunningJob(claimed, handler, clock, limits.of(claimed.type, claimed.store));
        running.put(job.id(), job);
        followers.publish(job.job());
        threads.execute(() -> run(job));
    }

    /** Interrupts what a handler does. */
    void stopHandler(JobHandler handler) {
        running.values().stream().filter(job -> job.handler() == handler).forEach(job -> job.stop(RunningJob.Stop.HANDLER_LEFT));
    }

    /** Writes what the running jobs have told since the last time, tells their followers, and stops those that ran too long. */
    void pulse() {
        for (RunningJob job : running.values()) {
            job.checkTime();
            if (job.takeMoved()) {
                Job state = job.job();
                followers.publish(state);
                store.progress(job.id(), job.attempt(), state.progress(), state.message());
            }
            log.flush(job);
        }
    }

    /** Interrupts all jobs, waits a while for their handlers, and gives back to the queue what has not ended then. */
    void stop(Duration patience) throws InterruptedException {
        stopping.countDown();
        threads.shutdown();
        running.values().forEach(job -> job.stop(RunningJob.Stop.SERVER_STOPS));
        if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            for (RunningJob job : running.values()) {
                LOG.warn("Job {} ({}) did not stop when asked; it will be taken up again", job.id(), job.request().type());
                new Outcome.Stopped(RunningJob.Stop.SERVER_STOPS).write(store, job);
            }
        }
    }

    private void run(RunningJob job) {
        Outcome outcome = call(job);
        if (outcome instanceof Outcome.Failed failed && failed.unexpected() != null) {
            LOG.error("Job {} ({}, store {}, plugin {}) failed", job.id(), job.request().type(), job.request().store(),
                    job.request().plugin(), failed.unexpected());
        }
        writeLog(job);
        write(job, outcome);
        running.remove(job.id(), job);
        publishStored(job.id());
        freed.run();
    }

    private static Outcome call(RunningJob job) {
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(job.handler().getClass().getClassLoader());
        try {
            job.enter();
            return new Outcome.Succeeded(job.handler().run(job.id(), job.request(), job));
        } catch (Throwable failure) {
            // Whatever a plugin throws, an Error too, ends this job and nothing else.
            return Outcome.of(job, failure);
        } finally {
            job.leave();
            thread.setContextClassLoader(null);
        }
    }

    private void writeLog(RunningJob job) {
        try {
            log.flush(job);
        } catch (RuntimeException e) {
            LOG.warn("The last log lines of job {} could not be written", job.id(), e);
        }
    }

    /** Writes how it ended; while the database is away, tries again, so that what was done does not look undone. */
    private void write(RunningJob job, Outcome outcome) {
        for (boolean written = false; !written;) {
            try {
                if (!outcome.write(store, job)) {
                    LOG.warn("Job {} ({}) was given to another node meanwhile; what it did here does not count", job.id(),
                            job.request().type());
                }
                written = true;
            } catch (RuntimeException e) {
                LOG.warn("The end of job {} could not be written; will try again", job.id(), e);
                written = stopsWithin(RETRY);
            }
        }
    }

    private boolean stopsWithin(Duration time) {
        try {
            return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void publishStored(String id) {
        try {
            store.find(id).ifPresent(followers::publish);
        } catch (RuntimeException e) {
            LOG.warn("Those who follow job {} could not be told its end", id, e);
        }
    }
}
