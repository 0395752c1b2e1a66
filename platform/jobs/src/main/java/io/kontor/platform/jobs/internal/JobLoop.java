package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobHandler;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that gives queued jobs to the workers, writes what running ones tell, and, where several nodes share the database, reports
 * this node and takes up the jobs of dead ones. It sleeps until it is woken, as long as nothing runs and nobody else is there.
 *
 * <p>The queue is the job table itself. A scheduler library keeps a second table of due executions and knows neither exclusive keys nor
 * stores nor handlers that are absent: each would mean picking an execution, looking, and putting it back, over and over.
 */
final class JobLoop {

    /** How often what running jobs tell is written. */
    static final Duration PULSE = Duration.ofMillis(250);

    /** How often the database is asked what other nodes did, and how long to wait after a failure. */
    static final Duration CLUSTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
    private static final Duration PRUNE = Duration.ofHours(24);

    private final JobStore store;
    private final ClusterNodes nodes;
    private final Handlers handlers;
    private final Workers workers;
    private final Followers followers;
    private final Semaphore signal = new Semaphore(0);
    private final Map<String, Long> served = new HashMap<>();
    private final Thread thread = new NamedThreads("kontor-jobs-").newThread(this::loop);
    private volatile boolean stopped;
    private long turn;
    private long pulsed = System.nanoTime();
    private long reported = System.nanoTime() - CLUSTER.toNanos();
    private long pruned = System.nanoTime() - PRUNE.toNanos();

    JobLoop(JobStore store, ClusterNodes nodes, Handlers handlers, Workers workers, Followers followers) {
        this.store = store;
        this.nodes = nodes;
        this.handlers = handlers;
        this.workers = workers;
        this.followers = followers;
    }

    void start() {
        thread.start();
    }

    /** Says that there may be something to do: a job, a handler, a free worker. */
    void wake() {
        signal.release();
    }

    /** Ends the thread; from then on no job is begun. */
    void stop() throws InterruptedException {
        stopped = true;
        wake();
        thread.join(TimeUnit.SECONDS.toMillis(5));
    }

    /** Takes this node out of the cluster. */
    void leave() {
        nodes.leave();
    }

    private void loop() {
        boolean first = true;
        while (!stopped) {
            Duration pause;
            try {
                if (first || due(reported, CLUSTER) && !nodes.alone()) {
                    recover();
                    first = false;
                }
                begin();
                if (due(pulsed, PULSE)) {
                    pulsed = System.nanoTime();
                    workers.pulse();
                }
                if (due(pruned, PRUNE)) {
                    pruned = System.nanoTime();
                    store.prune();
                }
                pause = pause();
            } catch (RuntimeException e) {
                if (!stopped) {
                    LOG.warn("Jobs wait because the database does not answer; will try again", e);
                }
                pause = CLUSTER;
            }
            rest(pause);
        }
    }

    private static boolean due(long last, Duration period) {
        return System.nanoTime() - last >= period.toNanos();
    }

    private void rest(Duration pause) {
        try {
            if (signal.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                signal.drainPermits();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    private Duration pause() {
        if (!workers.running().isEmpty()) {
            return PULSE;
        }
        return nodes.alone() ? PRUNE : CLUSTER;
    }

    /** Begins queued jobs while workers are free: first for the store that has the fewest running, then for the one served longest ago. */
    private void begin() {
        boolean begun = true;
        while (begun && !stopped && workers.running().size() < workers.size()) {
            Set<String> types = handlers.types();
            begun = !types.isEmpty() && beginOne(types);
        }
    }

    private boolean beginOne(Set<String> types) {
        Map<String, Long> running = workers.running().stream().collect(Collectors.groupingBy(job -> key(job.store()), Collectors.counting()));
        int most = Math.max(1, workers.size() - 1);
        List<JobStore.Candidate> candidates = store.candidates(types).stream()
                .filter(job -> running.getOrDefault(key(job.store()), 0L) < most)
                .sorted(Comparator.comparing((JobStore.Candidate job) -> running.getOrDefault(key(job.store()), 0L))
                        .thenComparing(job -> served.getOrDefault(key(job.store()), 0L))
                        .thenComparing(JobStore.Candidate::id))
                .toList();
        return candidates.stream().anyMatch(this::begin);
    }

    private boolean begin(JobStore.Candidate candidate) {
        Optional<JobEntity> claimed = store.claim(candidate.id());
        if (claimed.isEmpty()) {
            return false;
        }
        JobEntity job = claimed.get();
        Optional<JobHandler> handler = handlers.find(job.type);
        if (handler.isEmpty()) {
            store.requeue(job.id, job.attempt, "Waits for what does it, which was removed", 0);
            return true;
        }
        served.put(key(candidate.store()), ++turn);
        workers.start(job, handler.get());
        return true;
    }

    private static String key(String store) {
        return store == null ? "" : store;
    }

    /** Finds jobs that nobody runs any more although the table says so, jobs that were taken from this node, and requests to cancel. */
    private void recover() {
        reported = System.nanoTime();
        Set<String> alive = nodes.reportAndFindAlive();
        Set<String> mine = new HashSet<>();
        for (JobStore.Claim claim : store.claims()) {
            Optional<RunningJob> here = workers.running(claim.id()).filter(job -> job.attempt() == claim.attempt());
            if (here.isPresent()) {
                mine.add(claim.id());
                if (claim.cancelRequested()) {
                    here.get().stop(RunningJob.Stop.CANCELLED);
                }
            } else if (claim.node().equals(store.node()) || !alive.contains(claim.node())) {
                store.recover(claim).ifPresent(this::tellRecovered);
            }
        }
        workers.running().stream().filter(job -> !mine.contains(job.id())).forEach(job -> job.stop(RunningJob.Stop.LOST));
        tellFollowersOfOtherNodes();
    }

    private void tellRecovered(Job job) {
        LOG.info("Job {} ({}, store {}) was interrupted by the death of its server: {}", job.id(), job.type(), job.store(),
                job.state().ended() ? job.state() : "will be taken up again");
        followers.publish(job);
    }

    private void tellFollowersOfOtherNodes() {
        Set<String> elsewhere = new HashSet<>(followers.followed());
        workers.running().forEach(job -> elsewhere.remove(job.id()));
        if (!elsewhere.isEmpty()) {
            store.find(elsewhere).forEach(followers::publish);
        }
    }
}
