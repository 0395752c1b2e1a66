package io.kontor.api.model;

import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.util.Objects;

/**
 * One training of one model. Immutable.
 *
 * @param data the records to learn from and no others; the platform closes it
 * @param seed the only source of randomness
 * @param job progress, log and cancel
 */
public record Training(Snapshot data, long seed, JobContext job) {

    /** Checks that nothing is null. */
    public Training {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(job, "job");
    }
}
