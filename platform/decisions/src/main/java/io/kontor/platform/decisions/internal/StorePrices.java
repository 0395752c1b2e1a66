package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kontor.api.data.CompetitorPrices;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Demands;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the prices of the stores that were asked for lately, so that a question reads no records. What other nodes import is seen after a few
 * minutes. Safe for many threads.
 */
@Component(service = StorePrices.class)
public final class StorePrices {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int MOST_STORES = 64;

    private final DataAccess data;
    private final Demands demands;
    private final Cache<String, Kept> books = Caffeine.newBuilder().maximumSize(MOST_STORES).expireAfterWrite(LIFE).build();

    /**
     * The prices of one store.
     *
     * @param own the shop's
     * @param competitors those of others
     */
    record Book(PriceHistory own, CompetitorPrices competitors) {
    }

    /** A book and the change up to which it knows the store. */
    private record Kept(long change, Book book) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param data has the records and counts their changes
     * @param demands the demand of stores, for products whose prices nobody recorded
     */
    @Activate
    public StorePrices(@Reference DataAccess data, @Reference Demands demands) {
        this.data = data;
        this.demands = demands;
    }

    /**
     * A store's prices with everything that has been imported.
     *
     * @param store the id of an existing store
     * @return the prices
     */
    Book of(String store) {
        long change = data.changes(store, Entity.PRICES);
        Book book = books.asMap().compute(store, (id, known) -> known != null && known.change >= change ? known : read(id)).book;
        return new Book(book.own.beside(demands.of(store)), book.competitors);
    }

    private Kept read(String store) {
        long change = data.changes(store, Entity.PRICES);
        try (Snapshot snapshot = data.of(store).snapshot()) {
            return new Kept(change, new Book(PriceHistory.of(snapshot, demands.of(store)),
                    CompetitorPrices.of(snapshot, JobContext.unwatched())));
        }
    }
}
