package io.kontor.platform.monitoring;

import io.kontor.platform.jobs.Starter;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Looks after the champions of all stores. A service; safe for use by several threads; asks the database. */
@ProviderType
public interface Monitoring {

    /**
     * The latest looks at a plugin, the newest first. Histograms are in the newest only.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param limit at most so many
     * @return the looks
     */
    List<Look> looks(String store, String plugin, int limit);

    /**
     * Looks now, in a job.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param by who wants it
     * @return the job's id
     */
    String look(String store, String plugin, Starter by);

    /**
     * Problems of a store, the newest first. Those of models that are no longer the champion are closed by then.
     *
     * @param store the store's id
     * @param plugin only of this plugin; null for all
     * @param closed true for closed ones, false for all others; null for all
     * @param before only with smaller ids; {@link Long#MAX_VALUE} for the newest
     * @param limit at most so many
     * @return the problems
     */
    List<Problem> problems(String store, String plugin, Boolean closed, long before, int limit);

    /**
     * Notes that somebody knows of a problem.
     *
     * @param store the store's id
     * @param id the problem
     * @param who knows
     * @param note what they say; may be empty
     * @return the problem as it is then; empty when there is no such problem
     */
    Optional<Problem> acknowledge(String store, long id, String who, String note);

    /**
     * How many problems of a plugin are not closed, for all stores.
     *
     * @param plugin the plugin's id
     * @param kind what kind of thing
     * @param count how many
     */
    record Count(String plugin, Finding.Kind kind, long count) {
    }

    /**
     * How many problems are not closed.
     *
     * @return one entry for each plugin and kind that has any
     */
    List<Count> counts();

    /**
     * What opens problems of a plugin.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return the policy; the default where nobody said anything else
     */
    MonitoringPolicy policy(String store, String plugin);

    /**
     * Changes what opens problems.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param policy without faults
     */
    void policy(String store, String plugin, MonitoringPolicy policy);
}
