package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.store.Store;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps placements in the database, those of the stores asked about lately in memory too. What another server changes is seen within half
 * a minute.
 */
@Component(service = {Placements.class, StoreListener.class})
public final class KeptPlacements implements Placements, StoreListener {

    private static final int MOST_PLACEMENTS = 200;
    private static final int MOST_STORES = 2_000;
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofHours(1);

    private final Database database;
    private final LoadingCache<String, Map<String, Placement>> placements;

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the placements
     */
    @Activate
    public KeptPlacements(@Reference Database database) {
        this.database = database;
        this.placements = Caffeine.newBuilder().maximumSize(MOST_STORES).refreshAfterWrite(RENEWED_AFTER).expireAfterAccess(IDLE)
                .build(store -> byId(database.jdbc(connection -> PlacementTable.list(connection, store))));
    }

    private static Map<String, Placement> byId(List<Placement> list) {
        Map<String, Placement> byId = new LinkedHashMap<>();
        list.forEach(placement -> byId.put(placement.id(), placement));
        return byId;
    }

    @Override
    public List<Placement> list(String store) {
        return List.copyOf(placements.get(store).values());
    }

    @Override
    public Optional<Placement> find(String store, String id) {
        return Optional.ofNullable(placements.get(store).get(id));
    }

    @Override
    public void check(Placement placement) throws FormRefusedException {
        PlacementCheck.check(placement);
    }

    @Override
    public void put(String store, Placement placement, String by) throws FormRefusedException {
        check(placement);
        Map<String, Placement> known = placements.get(store);
        if (!known.containsKey(placement.id()) && known.size() >= MOST_PLACEMENTS) {
            throw new FormRefusedException(List.of(new FormRefusedException.Fault("id",
                    "would be one placement more than the " + MOST_PLACEMENTS + " that a store may have")));
        }
        placements.put(store, byId(database.jdbc(connection -> {
            PlacementTable.put(connection, store, placement, by);
            return PlacementTable.list(connection, store);
        })));
    }

    @Override
    public boolean delete(String store, String id, String by) {
        boolean deleted = database.jdbc(connection -> PlacementTable.delete(connection, store, id, by));
        placements.invalidate(store);
        return deleted;
    }

    @Override
    public List<Change> history(String store, String id, int limit) {
        return database.jdbc(connection -> PlacementTable.history(connection, store, id, limit));
    }

    @Override
    public void present(Store store) {
        // a store begins without placements
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            PlacementTable.deleteAll(connection, store.id());
            return null;
        });
        placements.invalidate(store.id());
    }
}
