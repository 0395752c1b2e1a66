package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.StoreData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at the records of stores. A service; safe for use by several threads. */
@ProviderType
public interface DataAccess {

    /**
     * How much of an entity a store has.
     *
     * @param entity which records
     * @param rows how many are stored
     * @param from time of the earliest; null when they have none
     * @param to time of the latest; null when they have none
     * @param quarantined how many were put aside
     */
    record Extent(Entity entity, long rows, Instant from, Instant to, long quarantined) {
    }

    /**
     * A row that was put aside.
     *
     * @param id its place in the list, for paging
     * @param entity which records
     * @param job the import that met it; null for an event
     * @param line its line in the file from 1, or its index in the request
     * @param field the field at fault; empty when it is the whole row
     * @param reason one plain sentence
     * @param raw the row as it came, cut at 4,000 characters
     * @param time when
     */
    record Quarantined(long id, Entity entity, String job, long line, String field, String reason, String raw, Instant time) {
    }

    /**
     * The data of a store as plugins see it.
     *
     * @param store the id of an existing store
     * @return the same object as the store's service
     */
    StoreData of(String store);

    /**
     * A frozen view of a store's records for training in a family, of those customers who agreed to what the family does: see
     * {@link io.kontor.api.privacy.Purpose}. Rows of others are left out, or come without their customer where figures would be wrong
     * otherwise; {@link io.kontor.api.data.SnapshotInfo#withheld} counts them.
     *
     * @param store the id of an existing store
     * @param family the family of the plugin to be trained
     * @return an open snapshot over all time
     */
    default Snapshot snapshot(String store, String family) {
        return of(store).snapshot();
    }

    /**
     * What the store's cleaning rules do to the records as they are now, for the log of a job that reads a snapshot.
     *
     * @param store the store's id
     * @return a sentence for each rule that leaves out or changes rows
     */
    default List<String> cleaned(String store) {
        return List.of();
    }

    /**
     * Which records a snapshot sees, so that work over the same records can be shared.
     *
     * @param snapshot an open snapshot of a store
     * @return a text that is equal for two snapshots of a store only if they see the same rows; empty when that cannot be told
     */
    default Optional<String> state(Snapshot snapshot) {
        return Optional.empty();
    }

    /**
     * How much a store has, entity by entity; kept up to date, so this is cheap.
     *
     * @param store the store's id
     * @return one extent for every entity
     */
    List<Extent> extents(String store);

    /**
     * Rows put aside, the latest first.
     *
     * @param store the store's id
     * @param entity only of this entity; null for all
     * @param before only rows with a smaller id; {@link Long#MAX_VALUE} for the latest
     * @param limit at most so many, 1 to 500
     * @return the rows
     */
    List<Quarantined> quarantine(String store, Entity entity, long before, int limit);

    /**
     * Products that must not be recommended because the catalogue says they are not active. From memory.
     *
     * @param store the store's id
     * @return ids; never null
     */
    Set<String> inactiveProducts(String store);

    /**
     * How often a store's records of an entity have changed on this server since its start, for those who keep in memory what they made of
     * them. What another server stores is not counted, so nothing should be kept for more than a few minutes.
     *
     * @param store the store's id
     * @param entity which records
     * @return 0 at first, higher after every change
     */
    long changes(String store, Entity entity);
}
