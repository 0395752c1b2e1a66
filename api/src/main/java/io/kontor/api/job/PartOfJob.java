package io.kontor.api.job;

import java.util.List;
import java.util.function.Supplier;

/**
 * A step of a longer job: its progress from 0 to 1 moves the job's from one mark to the next, and its messages tell which step it is. Safe for
 * use by several threads.
 */
public final class PartOfJob implements JobContext {

    private final JobContext job;
    private final double from;
    private final double until;
    private final String step;

    /**
     * A step; tells at once that it begins.
     *
     * @param job the whole job
     * @param from the job's progress when the step begins
     * @param until the job's progress when it ends
     * @param step what is done, in a few words
     */
    public PartOfJob(JobContext job, double from, double until, String step) {
        this.job = job;
        this.from = from;
        this.until = until;
        this.step = step;
        job.checkCancelled();
        job.progress(from, step);
    }

    @Override
    public void progress(double fraction, String message) {
        double inside = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
        job.progress(from + (until - from) * inside, message == null || message.isBlank() ? step : step + ": " + message);
    }

    @Override
    public void log(String line) {
        job.log(line);
    }

    @Override
    public void checkCancelled() {
        job.checkCancelled();
    }

    @Override
    public int threads() {
        return job.threads();
    }

    @Override
    public <T> List<T> all(List<? extends Supplier<? extends T>> parts) {
        return job.all(parts);
    }
}
