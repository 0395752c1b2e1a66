package io.kontor.platform.jobs;

import java.time.Instant;
import java.util.Optional;

/**
 * Work that is submitted again and again for a store, and how it does. Immutable.
 *
 * @param store the store's id
 * @param id its id, unique within the store
 * @param terms what is done when
 * @param title what is done, in the language asked for
 * @param pluginTitle the plugin's title, in the language asked for
 * @param waiting why nothing is done although it is enabled, or could not be if it were, in the language asked for; empty when all is there
 * @param nextRun when it is submitted next; null while disabled or waiting
 * @param lastRun when it was submitted last; null before
 * @param lastJob the id of the job submitted last; null before
 * @param lastState how that job does; null before, and when the job is no longer in the history
 */
public record Schedule(String store, String id, Terms terms, String title, String pluginTitle, Optional<String> waiting, Instant nextRun,
        Instant lastRun, String lastJob, Job.State lastState) {

    /**
     * What is done when.
     *
     * @param plugin the plugin's id
     * @param task what is done with it: {@code train}, {@code plan} or the id of a task that the plugin brings
     * @param cron a cron expression of five fields: minute, hour, day of month, month, day of week
     * @param timeZone the IANA time zone that the expression means, for example {@code Europe/Berlin}; null for the store's
     * @param enabled whether it is done at all
     */
    public record Terms(String plugin, String task, String cron, String timeZone, boolean enabled) {
    }
}
