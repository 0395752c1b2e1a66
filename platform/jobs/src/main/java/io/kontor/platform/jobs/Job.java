package io.kontor.platform.jobs;

import java.time.Instant;
import java.util.Map;

/**
 * A job as it is at a moment. Immutable.
 *
 * @param id its id
 * @param type which {@link JobHandler} does it
 * @param store the store's id; null when it concerns no store
 * @param plugin the plugin's id; null when it concerns no plugin
 * @param state where it is
 * @param progress 0 to 1
 * @param message what is being done, or was done last
 * @param createdAt when it was submitted
 * @param startedAt when it began; null while queued
 * @param finishedAt when it ended; null before
 * @param result what the handler returned, as JSON values; null before success
 * @param error one plain sentence; null unless failed
 * @param startedBy who had it done; null for jobs from before this was noted
 */
public record Job(String id, String type, String store, String plugin, State state, double progress, String message, Instant createdAt,
        Instant startedAt, Instant finishedAt, Map<String, Object> result, String error, Starter startedBy) {

    /** Where a job is. */
    public enum State {
        /** Waits for its turn, or to be taken up again after a restart. */
        QUEUED,
        /** Is being done. */
        RUNNING,
        /** Ended with a result. */
        SUCCEEDED,
        /** Ended with an error. */
        FAILED,
        /** Was stopped by somebody. */
        CANCELLED;

        /**
         * Whether the job has come to its end.
         *
         * @return true for the last three
         */
        public boolean ended() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED;
        }
    }
}
