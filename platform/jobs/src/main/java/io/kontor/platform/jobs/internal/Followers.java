package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the states of jobs to those who follow them. A listener that is slow gets the latest state when it is ready again, so that nothing
 * piles up; the end of a job is always delivered. Safe for use by several threads.
 */
final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private final Map<String, Set<Follower>> byJob = new ConcurrentHashMap<>();
    private final Executor executor;

    /**
     * Without followers.
     *
     * @param executor calls the listeners; one thread
     */
    Followers(Executor executor) {
        this.executor = executor;
    }

    /** Starts to follow; the caller then gives the present state by {@link Follower#first}. */
    Follower add(String job, Consumer<Job> listener) {
        return add(job, listener, executor);
    }

    /** The same for a listener that only wakes somebody and is called on the thread that publishes. */
    Follower addDirect(String job, Consumer<Job> listener) {
        return add(job, listener, Runnable::run);
    }

    private Follower add(String job, Consumer<Job> listener, Executor caller) {
        Follower follower = new Follower(job, listener, caller);
        byJob.compute(job, (id, followers) -> {
            Set<Follower> all = followers == null ? new CopyOnWriteArraySet<>() : followers;
            all.add(follower);
            return all;
        });
        return follower;
    }

    /** The ids of the jobs that somebody follows. */
    Set<String> followed() {
        return Set.copyOf(byJob.keySet());
    }

    /** Tells the followers of a job its state. */
    void publish(Job job) {
        Set<Follower> followers = byJob.get(job.id());
        if (followers != null) {
            followers.forEach(follower -> follower.offer(job, false));
        }
    }

    /** One who follows one job. */
    final class Follower implements Jobs.Subscription {

        private final String job;
        private final Consumer<Job> listener;
        private final Executor caller;
        private Job latest;
        private boolean waiting;
        private boolean closed;

        private Follower(String job, Consumer<Job> listener, Executor caller) {
            this.job = job;
            this.listener = listener;
            this.caller = caller;
        }

        /** Gives the state read after the subscription; an older one than was published meanwhile is passed over. */
        void first(Job state) {
            offer(state, true);
        }

        private void offer(Job state, boolean first) {
            synchronized (this) {
                if (closed || state.equals(latest) || latest != null && (first || latest.state().ended())) {
                    return;
                }
                latest = state;
                if (waiting) {
                    return;
                }
                waiting = true;
            }
            caller.execute(this::deliver);
        }

        private void deliver() {
            Job state;
            synchronized (this) {
                waiting = false;
                if (closed) {
                    return;
                }
                state = latest;
            }
            try {
                listener.accept(state);
            } catch (RuntimeException e) {
                LOG.warn("A listener of job {} failed and is not called again", job, e);
                close();
            }
            if (state.state().ended()) {
                close();
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                closed = true;
            }
            byJob.computeIfPresent(job, (id, followers) -> {
                followers.remove(this);
                return followers.isEmpty() ? null : followers;
            });
        }
    }
}
