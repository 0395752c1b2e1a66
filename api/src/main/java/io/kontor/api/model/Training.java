package io.kontor.api.model;

import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.util.Objects;

/**
 * One training of one model.
 *
 * @param data the records to learn from and no others; the platform closes it
 * @param seed the only source of randomness
 * @param job progress, log and cancel
 * @param findings what earlier trainings of the same plugin found out by trials, where it learns several times as a member of an ensemble
 */
public record Training(Snapshot data, long seed, JobContext job, Findings findings) {

    /** Checks that nothing is null. */
    public Training {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(findings, "findings");
    }

    /**
     * A training that takes nothing over.
     *
     * @param data the records to learn from
     * @param seed the only source of randomness
     * @param job progress, log and cancel
     */
    public Training(Snapshot data, long seed, JobContext job) {
        this(data, seed, job, new Findings());
    }
}
