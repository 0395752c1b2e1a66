package io.kontor.platform.decisions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The operators' placements, store by store. A service; safe for use by many threads, and quick: from memory as a rule. */
@ProviderType
public interface Placements {

    /**
     * A change of a placement.
     *
     * @param version counts the changes of the placement, from 1
     * @param time when
     * @param by who; empty when nobody said
     * @param content the placement since then; null when it was removed
     */
    record Change(long version, Instant time, String by, Placement content) {
    }

    /**
     * A store's placements.
     *
     * @param store the store's id
     * @return in order of their ids
     */
    List<Placement> list(String store);

    /**
     * One placement.
     *
     * @param store the store's id
     * @param id the placement's id
     * @return the placement, or empty when there is none
     */
    Optional<Placement> find(String store, String id);

    /**
     * Checks a placement that is not to be kept.
     *
     * @param placement anything in it may be null
     * @throws FormRefusedException naming every field at fault
     */
    void check(Placement placement) throws FormRefusedException;

    /**
     * Adds or replaces a placement. It applies to the next request.
     *
     * @param store the id of an existing store
     * @param placement the placement
     * @param by who wants it; may be empty
     * @throws FormRefusedException naming every field at fault, or when the store has too many placements
     */
    void put(String store, Placement placement, String by) throws FormRefusedException;

    /**
     * Removes a placement.
     *
     * @param store the store's id
     * @param id the placement's id
     * @param by who wants it; may be empty
     * @return whether there was one
     */
    boolean delete(String store, String id, String by);

    /**
     * How a placement came to be what it is; what was removed is still told.
     *
     * @param store the store's id
     * @param id the placement's id
     * @param limit at most so many, 1 to 500
     * @return the latest change first
     */
    List<Change> history(String store, String id, int limit);
}
