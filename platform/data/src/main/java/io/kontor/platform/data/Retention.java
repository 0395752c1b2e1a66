package io.kontor.platform.data;

import io.kontor.platform.jobs.Starter;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * For how long a store keeps its records. What is older than that is removed for good every night, from 3 o'clock on in the store's time zone,
 * by one server; rows in quarantine by the time at which they were put aside. A service; safe for use by several threads.
 */
@ProviderType
public interface Retention {

    /** Type of the job that removes what is too old. */
    String JOB = "retention";

    /** The name of the decisions, which are kept for 90 days where nothing else is said. */
    String DECISIONS = "decisions";

    /** Longest time in days. */
    int MOST_DAYS = 36_500;

    /**
     * What can have a maximum age: entities whose rows tell what happened at a time, and the decisions. Prices and stock are none of them, as
     * the last of each holds until there is another.
     *
     * @return entity paths and names
     */
    Set<String> names();

    /**
     * Stores that have a maximum age for something.
     *
     * @param name entity path or name
     * @return their ids
     */
    Set<String> stores(String name);

    /**
     * The maximum ages of a store.
     *
     * @param store the store's id
     * @return days, at least 1, by entity path or name; what is missing is kept
     */
    Map<String, Integer> days(String store);

    /**
     * Sets the maximum ages of a store; nothing is removed before the next night or {@link #start}.
     *
     * @param store the id of an existing store
     * @param days all of them
     * @throws IllegalArgumentException when a name is none of {@link #names} or a number is not 1 to {@link #MOST_DAYS}
     */
    void put(String store, Map<String, Integer> days);

    /**
     * Submits the job that removes what is too old.
     *
     * @param store the id of an existing store
     * @param by who wants it
     * @return the id of the job; its result counts the removed rows by entity path or name
     */
    String start(String store, Starter by);
}
