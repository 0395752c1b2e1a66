package io.kontor.platform.models;

import io.kontor.platform.jobs.Starter;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Searches for good settings of the plugins of stores. A search is a job: it judges the settings in use and then those of its trials by the
 * family's primary metric on a validation part, the latest part of what lies before the held-out part; in the end the best, those in use and
 * the baseline are judged once on the held-out part, which no trial has seen. Trials are stored as they end, so that a search that the
 * server's end cut short goes on with the next one. A service; safe for use by several threads.
 */
@ProviderType
public interface SettingsSearches {

    /** The type of the jobs. */
    String JOB = "search";

    /**
     * Starts a search.
     *
     * @param store the store's id
     * @param plugin the id of a plugin that is enabled for the store
     * @param terms what is asked for; without ranges all settings are searched over that have bounds or options
     * @param by who wants it
     * @return the id of the job
     * @throws SearchRefusedException when a term is wrong; nothing has begun
     * @throws java.util.NoSuchElementException with a plain sentence when the plugin is not enabled for the store
     */
    String start(String store, String plugin, SettingsSearch.Terms terms, Starter by);

    /**
     * The latest searches, the latest first.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return searches with their trials; older ones than the last 20 are not kept
     */
    List<SettingsSearch> list(String store, String plugin);

    /**
     * One search.
     *
     * @param store the store's id
     * @param job the id of its job
     * @return the search as it is now, or empty
     */
    Optional<SettingsSearch> find(String store, String job);

    /**
     * Takes the settings of a trial over into the activation and starts a training with them, when the plugin learns.
     *
     * @param store the store's id
     * @param job the id of the search's job
     * @param trial the number of the trial
     * @param by who wants it
     * @return the search as it is now
     * @throws java.util.NoSuchElementException with a plain sentence when there is no such trial or the plugin is not enabled any more
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when the trial failed
     * @throws io.kontor.platform.stores.SettingsRefusedException when the plugin does not allow them any more
     */
    SettingsSearch apply(String store, String job, int trial, Starter by);
}
