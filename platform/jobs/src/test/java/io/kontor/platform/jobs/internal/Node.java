package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A server of the test: its connection to the database and its jobs. */
final class Node implements AutoCloseable {

    static final Duration SILENCE = Duration.ofSeconds(2);
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final SeverableDatabase database;
    final PooledJobs jobs;

    Node(FreshDatabase fresh) {
        this(fresh, Clock.systemUTC());
    }

    Node(FreshDatabase fresh, Clock clock) {
        database = new SeverableDatabase(fresh);
        jobs = new PooledJobs(database, clock, new JobLimits("2h, slow/shop=30m"), 3, SILENCE);
    }

    Node handling(String type, JobHandler handler) {
        jobs.addHandler(handler, Map.of(JobHandler.TYPE, type));
        return this;
    }

    String submit(String type, String store, String exclusive) {
        return jobs.submit(new JobRequest(type, store, "plugin", Map.of("n", 1), exclusive));
    }

    Job ended(String id) throws InterruptedException {
        Job job = jobs.await(id, PATIENCE).orElseThrow();
        if (!job.state().ended()) {
            throw new AssertionError("not ended after " + PATIENCE + ": " + job);
        }
        return job;
    }

    /** As kill -9 would: nothing that this node does reaches the database any more. */
    void kill() {
        database.sever();
    }

    @Override
    public void close() {
        database.heal();
        jobs.stop();
        database.close();
    }

    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    static void arrive(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("nobody came within " + PATIENCE);
        }
    }
}
