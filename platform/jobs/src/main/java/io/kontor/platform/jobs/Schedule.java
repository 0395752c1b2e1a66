package io.kontor.platform.jobs;

import java.time.Instant;

/**
 * Work that is submitted again and again for a store. Immutable.
 *
 * @param store the store's id
 * @param id its id, unique within the store
 * @param terms what is done when
 * @param nextRun when it is submitted next; null while disabled
 * @param lastRun when it was submitted last; null before
 * @param lastJob the id of the job submitted last; null before
 */
public record Schedule(String store, String id, Terms terms, Instant nextRun, Instant lastRun, String lastJob) {

    /**
     * What is done when.
     *
     * @param plugin the plugin's id
     * @param task what is done with it; {@value #TRAIN} is the only one
     * @param cron a cron expression of five fields: minute, hour, day of month, month, day of week
     * @param timeZone the IANA time zone that the expression means, for example {@code Europe/Berlin}
     * @param enabled whether it is done at all
     */
    public record Terms(String plugin, String task, String cron, String timeZone, boolean enabled) {

        /** The task that trains the plugin's model. */
        public static final String TRAIN = "train";
    }
}
