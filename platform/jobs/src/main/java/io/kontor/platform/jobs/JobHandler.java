package io.kontor.platform.jobs;

import io.kontor.api.job.JobContext;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does one kind of job. Registered as a service with the property {@value #TYPE}. Called on a job thread; may run twice when the server died
 * in between, so it must be repeatable. An interrupt or a cancelled context means: stop soon.
 */
@ConsumerType
public interface JobHandler {

    /** Service property with the type of job that the handler does. */
    String TYPE = "kontor.job.type";

    /**
     * Does the work.
     *
     * @param job its id, for what is stored under it
     * @param request what is to be done
     * @param context progress, log and cancel
     * @return the result as JSON values
     * @throws Exception to let the job fail; the message of a {@link io.kontor.api.KontorException} is shown as it stands
     */
    Map<String, Object> run(String job, JobRequest request, JobContext context) throws Exception;
}
