package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Demands;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the demand tables of the stores that were asked for lately. What other nodes import is seen after a few minutes. */
@Component(service = Demands.class)
public final class StoreDemands implements Demands {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST_STORES = 64;

    private final DataAccess data;
    private final Cache<String, Summed> tables = Caffeine.newBuilder().maximumSize(MOST_STORES).expireAfterWrite(LIFE).build();

    /** A table and the change up to which it knows the store. */
    private record Summed(long change, DemandTable table) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param data has the records and counts their changes
     */
    @Activate
    public StoreDemands(@Reference DataAccess data) {
        this.data = data;
    }

    @Override
    public DemandTable of(String store) {
        long change = changes(store);
        return tables.asMap().compute(store, (id, known) -> known != null && known.change >= change ? known : sum(id)).table;
    }

    private long changes(String store) {
        return data.changes(store, Entity.ORDERS) + data.changes(store, Entity.SALES);
    }

    private Summed sum(String store) {
        long change = changes(store);
        try (Snapshot snapshot = data.of(store).snapshot()) {
            return new Summed(change, DemandTable.of(snapshot, data.of(store).store().timeZone(), JobContext.unwatched()));
        }
    }
}
