package io.kontor.platform.jobs.internal;

import io.kontor.api.job.JobContext;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;

/** One attempt at a job in this process: what the handler tells is kept here and written to the database by the pulse. */
final class RunningJob implements JobContext {

    /** Why an attempt has to stop. */
    enum Stop {
        /** Somebody cancelled the job. */
        CANCELLED,
        /** The server stops. */
        SERVER_STOPS,
        /** The handler's bundle goes away. */
        HANDLER_LEFT,
        /** The job was given to another node because this one did not report in time. */
        LOST,
        /** It ran longer than jobs of its kind may. */
        TOO_LONG
    }

    private final Job begun;
    private final int attempt;
    private final JobRequest request;
    private final JobHandler handler;
    private final Clock clock;
    private final Duration limit;
    private final Deque<JobLog.Line> lines = new ArrayDeque<>();
    private Thread thread;
    private Stop stop;
    private double progress;
    private String message;
    private boolean moved;

    RunningJob(JobEntity entity, JobHandler handler, Clock clock, Duration limit) {
        this.begun = entity.job();
        this.attempt = entity.attempt;
        this.request = entity.request();
        this.handler = handler;
        this.clock = clock;
        this.limit = limit;
        this.progress = begun.progress();
        this.message = begun.message();
    }

    String id() {
        return begun.id();
    }

    String store() {
        return begun.store();
    }

    int attempt() {
        return attempt;
    }

    JobRequest request() {
        return request;
    }

    /** How long it may run. */
    Duration limit() {
        return limit;
    }

    /** Asks the handler to stop when it has run longer than it may. */
    void checkTime() {
        if (begun.startedAt().plus(limit).isBefore(clock.instant())) {
            stop(Stop.TOO_LONG);
        }
    }

    JobHandler handler() {
        return handler;
    }

    synchronized Job job() {
        return new Job(begun.id(), begun.type(), begun.store(), begun.plugin(), begun.state(), progress, message, begun.createdAt(),
                begun.startedAt(), null, null, null, begun.startedBy());
    }

    @Override
    public synchronized void progress(double fraction, String what) {
        progress = Double.isNaN(fraction) ? progress : Math.min(1, Math.max(0, fraction));
        if (what != null) {
            message = JobLog.oneLine(what, JobEntity.MESSAGE_LENGTH);
        }
        moved = true;
    }

    @Override
    public synchronized void log(String line) {
        if (lines.size() == JobLog.KEPT) {
            lines.removeFirst();
        }
        lines.addLast(new JobLog.Line(clock.instant(), line));
    }

    @Override
    public synchronized void checkCancelled() {
        if (stop != null) {
            throw new CancellationException("The job was stopped.");
        }
    }

    /** From now on the calling thread is interrupted when the job has to stop. */
    synchronized void enter() {
        checkCancelled();
        thread = Thread.currentThread();
    }

    /** The handler has returned: no interrupt reaches the calling thread any more. */
    synchronized void leave() {
        thread = null;
        Thread.interrupted();
    }

    /** Asks the handler to stop; the first reason stays. */
    synchronized void stop(Stop reason) {
        if (stop == null) {
            stop = reason;
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Why it has to stop; null while it need not. */
    synchronized Stop stopped() {
        return stop;
    }

    /** Whether there was progress since the last call. */
    synchronized boolean takeMoved() {
        boolean was = moved;
        moved = false;
        return was;
    }

    /** Takes the log lines since the last call. */
    synchronized List<JobLog.Line> takeLines() {
        List<JobLog.Line> taken = new ArrayList<>(lines);
        lines.clear();
        return taken;
    }
}
