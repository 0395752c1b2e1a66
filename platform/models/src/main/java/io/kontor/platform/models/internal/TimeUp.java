package io.kontor.platform.models.internal;

import io.kontor.api.job.JobContext;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** The time for a part of a job is over; the job goes on with what comes next. */
final class TimeUp extends CancellationException {

    private static final long serialVersionUID = 1L;

    /**
     * A context that stops work when its time is over.
     *
     * @param job the job
     * @param seconds how long from now
     * @return a context whose work is stopped by this exception, or as the job is
     */
    static JobContext after(JobContext job, double seconds) {
        long begin = System.nanoTime();
        long nanos = (long) (Math.max(0, seconds) * 1e9);
        return new JobContext() {

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
                if (System.nanoTime() - begin > nanos) {
                    throw new TimeUp();
                }
            }

            @Override
            public int threads() {
                return job.threads();
            }

            @Override
            public <T> List<T> all(List<? extends Supplier<? extends T>> parts) {
                return job.all(parts);
            }
        };
    }
}
