package io.kontor.api.job;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Work of a plugin by the clock, for example fetching a price list or writing a report. A component declares it with {@link Task} and is
 * registered under this interface. It is the plugin's own class or a companion in the same bundle: a component that requires the plugin's
 * configuration ({@code configurationPid} = the plugin's id, {@code configurationPolicy = REQUIRE}). Either way there is one instance per
 * store that enables the plugin, with the plugin's settings and with references bound to that store.
 *
 * <p>Called by the platform at the times of the store's schedule, which begins as {@link Task#cron} says and which the operator sees,
 * changes and pauses, and whenever the operator runs it by hand. Called on a job thread, on one node at a time and never twice at the same
 * time for a store, but at the same time as other methods of the instance. It may block and take long; it must tell how far it is, and
 * {@linkplain JobContext#checkCancelled ask often} whether it should stop. A task that throws fails its job and nothing else; the schedule
 * goes on. The instance lives as long as the plugin is enabled with these settings; when it goes while the task runs, the task is
 * cancelled, and begun again on the next instance if there is one.
 *
 * <p>A run that the server's death or an update cut short is repeated, so a task may run twice for one time: what it does must be the same
 * when it is done again.
 */
@ConsumerType
@FunctionalInterface
public interface ScheduledTask {

    /**
     * Does the work once.
     *
     * @param context progress, log and cancel
     * @return the result shown with the job: JSON values (texts, numbers, booleans, lists, maps with text keys), at most 1 MB as text;
     *         empty when there is nothing to tell
     * @throws Exception to let the job fail; the message of a {@link io.kontor.api.KontorException} is shown as it stands
     */
    Map<String, Object> run(JobContext context) throws Exception;
}
