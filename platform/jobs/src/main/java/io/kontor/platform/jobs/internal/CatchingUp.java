package io.kontor.platform.jobs.internal;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does work of the background once for many requests, and again when it fails. Safe for use by several threads. */
final class CatchingUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchingUp.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration TOGETHER = Duration.ofMillis(200);

    private final Runnable begin;
    private final Runnable work;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, new NamedThreads("kontor-schedules-"),
            new ThreadPoolExecutor.DiscardPolicy());
    private boolean begun;

    /**
     * Asks for the first time.
     *
     * @param begin done once, first
     * @param work done for each request, but once for those that come close together
     */
    CatchingUp(Runnable begin, Runnable work) {
        this.begin = begin;
        this.work = work;
        in(Duration.ZERO);
    }

    /** Asks for the work. */
    void soon() {
        in(TOGETHER);
    }

    private void in(Duration delay) {
        if (asked.compareAndSet(false, true)) {
            thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        asked.set(false);
        try {
            if (!begun) {
                begin.run();
                begun = true;
            }
            work.run();
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                LOG.warn("The schedules could not be brought up to date; will try again", e);
            }
            in(RETRY);
        }
    }

    /** Ends the thread. */
    void stop() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
