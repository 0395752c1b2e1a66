package io.kontor.platform.testkit.data;

import io.kontor.api.job.JobContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/** A job that checks what it is told and can be cancelled after some questions. Safe for use by several threads. */
public final class SampleJob implements JobContext {

    private final AtomicInteger questions = new AtomicInteger();
    private final int mostQuestions;

    /** A job that is not cancelled. */
    public SampleJob() {
        this(Integer.MAX_VALUE);
    }

    /**
     * A job that is cancelled when it has asked so often.
     *
     * @param questions how often {@link #checkCancelled} returns
     */
    public SampleJob(int questions) {
        mostQuestions = questions;
    }

    @Override
    public void progress(double fraction, String message) {
        if (!(fraction >= 0 && fraction <= 1) || message == null) {
            throw new IllegalArgumentException("progress must be 0 to 1 with a message, not " + fraction + " " + message);
        }
    }

    @Override
    public void log(String line) {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a log line must be one line");
        }
    }

    @Override
    public void checkCancelled() {
        if (questions.incrementAndGet() > mostQuestions) {
            throw new CancellationException("cancelled");
        }
    }

    /**
     * How often the work has asked.
     *
     * @return a count
     */
    public int questions() {
        return questions.get();
    }
}
