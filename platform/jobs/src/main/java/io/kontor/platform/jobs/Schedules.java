package io.kontor.platform.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Recurring work of a store's plugins by the clock. Each time is submitted once, however many nodes share the database; times that passed
 * while no server ran, or while the plugin's bundle was away, are made up for by one submission; a time is passed over while the schedule's
 * job of an earlier time still waits in the queue. A service; safe for use by several threads.
 *
 * <p>Enabling a plugin for a store brings a schedule for each task that it declares. Until an operator changes such a schedule it follows
 * what the plugin declares, also over updates, and goes when the plugin is disabled. What an operator has made or changed (times, a pause)
 * stays as it is: it waits while the plugin is disabled or its bundle is away, and goes on when that comes back. A declared schedule that
 * an operator has removed stays away until the plugin is disabled and enabled again, or somebody puts it.
 */
@ProviderType
public interface Schedules {

    /**
     * The schedules of a store, by id.
     *
     * @param store the store's id
     * @param locale the language of titles and reasons
     * @return the schedules
     */
    List<Schedule> list(String store, Locale locale);

    /**
     * One schedule.
     *
     * @param store the store's id
     * @param id its id
     * @param locale the language of titles and reasons
     * @return the schedule, or empty
     */
    Optional<Schedule> find(String store, String id, Locale locale);

    /**
     * Adds or changes a schedule.
     *
     * @param store the id of an existing store
     * @param id its id: a to z, 0 to 9 and hyphens, at most 63 characters
     * @param terms what is done when
     * @param locale the language of titles and reasons
     * @return the schedule with its next run
     * @throws ScheduleRefusedException when the id or one of the terms is wrong, the plugin is not enabled for the store or knows no such
     *         task; nothing has changed
     */
    Schedule put(String store, String id, Schedule.Terms terms, Locale locale);

    /**
     * Submits a schedule's job now, paused or not. Its times stay. Does nothing while a job of it waits in the queue.
     *
     * @param store the store's id
     * @param id its id
     * @param by who wants it
     * @return the id of the job that was submitted, or that waits; empty when there is no such schedule
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when the plugin is not enabled for the store or its bundle is away
     */
    Optional<String> run(String store, String id, Starter by);

    /**
     * Removes a schedule. Jobs it has submitted go on.
     *
     * @param store the store's id
     * @param id its id
     * @return false when there is no such schedule
     */
    boolean delete(String store, String id);
}
