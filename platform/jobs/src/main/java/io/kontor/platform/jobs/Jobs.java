package io.kontor.platform.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The jobs of this installation. A service; safe for use by several threads. */
@ProviderType
public interface Jobs {

    /**
     * Submits work. Durable when it returns; begins as soon as a thread and the handler are there.
     *
     * @param request the work
     * @return the job's id
     */
    String submit(JobRequest request);

    /**
     * One job.
     *
     * @param id its id
     * @return the job as it is now, or empty
     */
    Optional<Job> find(String id);

    /**
     * Jobs, the latest first.
     *
     * @param store only of this store; null for all
     * @param state only in this state; null for all
     * @param before only jobs older than the one of this id (for paging); null for the latest
     * @param limit at most so many, 1 to 500
     * @return the jobs
     */
    List<Job> list(String store, Job.State state, String before, int limit);

    /**
     * How many jobs there are in the history, by state.
     *
     * @return a count for every state
     */
    Map<Job.State, Long> counts();

    /**
     * The log lines of a job, oldest first.
     *
     * @param id its id
     * @return each with its time in front; the last 1,000
     */
    List<String> log(String id);

    /**
     * Cancels a job. A queued one ends at once, a running one as soon as its handler listens.
     *
     * @param id its id
     * @return false when there is no such job or it has ended
     */
    boolean cancel(String id);

    /**
     * Changes what a job that succeeded has to show, when something that it left open has come further since.
     *
     * @param id its id
     * @param result the new result as JSON values
     * @param message what was done last; null to leave it as it is
     * @return false when there is no such job or it has not succeeded; nothing has changed then
     */
    boolean amend(String id, Map<String, Object> result, String message);

    /**
     * Waits for the end of a job.
     *
     * @param id its id
     * @param timeout how long to wait at most
     * @return the job as it is then, or empty when there is no such job
     * @throws InterruptedException when the waiting thread is interrupted
     */
    Optional<Job> await(String id, Duration timeout) throws InterruptedException;

    /**
     * Follows a job: its present state at once, then each change, until it has ended or the subscription is closed.
     *
     * @param id its id
     * @param listener called one at a time; must return soon
     * @return to be closed
     */
    Subscription follow(String id, Consumer<Job> listener);

    /** A running subscription. */
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
