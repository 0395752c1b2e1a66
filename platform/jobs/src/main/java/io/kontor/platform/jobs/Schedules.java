package io.kontor.platform.jobs;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Recurring work by the clock. Each time is submitted once, however many nodes share the database; times that passed while no server ran are
 * made up for by one submission; a time is passed over while the schedule's job of an earlier time still waits in the queue. A service; safe
 * for use by several threads.
 */
@ProviderType
public interface Schedules {

    /**
     * The schedules of a store, by id.
     *
     * @param store the store's id
     * @return the schedules
     */
    List<Schedule> list(String store);

    /**
     * One schedule.
     *
     * @param store the store's id
     * @param id its id
     * @return the schedule, or empty
     */
    Optional<Schedule> find(String store, String id);

    /**
     * Adds or changes a schedule.
     *
     * @param store the id of an existing store; not checked
     * @param id its id: a to z, 0 to 9 and hyphens, at most 63 characters
     * @param terms what is done when
     * @return the schedule with its next run
     * @throws ScheduleRefusedException when the id or one of the terms is wrong; nothing has changed
     */
    Schedule put(String store, String id, Schedule.Terms terms);

    /**
     * Removes a schedule. Jobs it has submitted go on.
     *
     * @param store the store's id
     * @param id its id
     * @return false when there is no such schedule
     */
    boolean delete(String store, String id);
}
