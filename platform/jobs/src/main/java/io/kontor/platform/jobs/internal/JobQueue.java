package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.JobRequest;
import jakarta.persistence.EntityManager;

/** How schedules submit jobs: in the transaction that also moves the schedule on, so that neither happens without the other. */
public interface JobQueue {

    /**
     * Puts a job into the queue, as part of the caller's transaction.
     *
     * @param em the transaction's entity manager
     * @param request the work
     * @return the job's id
     */
    String enqueue(EntityManager em, JobRequest request);

    /** Says, after the transaction, that there is something to do. */
    void wake();
}
