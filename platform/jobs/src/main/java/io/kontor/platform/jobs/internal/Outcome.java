package io.kontor.platform.jobs.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.jobs.Job;
import java.util.Map;

/** How an attempt at a job ended. */
sealed interface Outcome {

    /** The longest error that is kept. */
    int ERROR_LENGTH = 1_000;

    /**
     * Writes what this means for the job.
     *
     * @return false when the job is no longer this attempt's
     */
    boolean write(JobStore store, RunningJob job);

    /** What a handler's failure means: it was asked to stop, or it failed. */
    static Outcome of(RunningJob job, Throwable failure) {
        return job.stopped() != null ? new Stopped(job.stopped()) : Failed.of(failure);
    }

    /** The handler returned. */
    record Succeeded(Map<String, Object> result) implements Outcome {

        @Override
        public boolean write(JobStore store, RunningJob job) {
            String text;
            try {
                text = Json.write(result == null ? Map.of() : result);
            } catch (IllegalArgumentException e) {
                return new Failed("The job's result cannot be kept: " + e.getMessage() + ".", e).write(store, job);
            }
            return store.end(job.id(), job.attempt(), Job.State.SUCCEEDED, 1, job.job().message(), text, null);
        }
    }

    /**
     * The handler threw.
     *
     * @param error one plain sentence
     * @param unexpected what it threw when it did so not on purpose; else null
     */
    record Failed(String error, Throwable unexpected) implements Outcome {

        static Failed of(Throwable failure) {
            if (failure instanceof KontorException onPurpose) {
                return new Failed(onPurpose.getMessage(), onPurpose.kind() == KontorException.Kind.INTERNAL ? onPurpose : null);
            }
            if (failure instanceof OutOfMemoryError) {
                return new Failed("The job needed more memory than the server has.", failure);
            }
            if (failure instanceof LinkageError) {
                return new Failed("The code that does this job does not fit what is installed; the server's log names the class.", failure);
            }
            return new Failed("The job failed unexpectedly; the server's log tells why.", failure);
        }

        @Override
        public boolean write(JobStore store, RunningJob job) {
            Job last = job.job();
            return store.end(job.id(), job.attempt(), Job.State.FAILED, last.progress(), last.message(), null,
                    JobLog.oneLine(error, ERROR_LENGTH));
        }
    }

    /** The handler was asked to stop and threw. */
    record Stopped(RunningJob.Stop reason) implements Outcome {

        @Override
        public boolean write(JobStore store, RunningJob job) {
            return switch (reason) {
                case CANCELLED -> store.end(job.id(), job.attempt(), Job.State.CANCELLED, job.job().progress(), "Cancelled", null, null);
                case TOO_LONG -> store.end(job.id(), job.attempt(), Job.State.CANCELLED, job.job().progress(), "Cancelled because it ran longer "
                        + "than the limit of " + JobLimits.words(job.limit()) + " for jobs of its kind", null, null);
                case SERVER_STOPS -> requeue(store, job, "Interrupted because the server stopped; will be taken up again");
                case HANDLER_LEFT -> requeue(store, job, "Interrupted because what does it was removed; will be taken up again");
                case LOST -> true;
            };
        }

        private static boolean requeue(JobStore store, RunningJob job, String message) {
            return store.requeue(job.id(), job.attempt(), message, 0);
        }
    }
}
