package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.data.Entity;
import io.kontor.api.privacy.Purpose;
import io.kontor.platform.persistence.Database;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What customers have agreed to, as answers need it. Follows what this server stores; within a minute also what another one has stored. */
final class ConsentMemory {

    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final int MOST_STORES = 2_000;
    private static final int MOST_CUSTOMERS = 200_000;

    private final LoadingCache<String, Boolean> matters;
    private final LoadingCache<Key, Set<Purpose>> agreed;

    private record Key(String store, String customer) {
    }

    /**
     * Remembers nothing yet.
     *
     * @param database knows
     * @param countries the country of each store, by its id
     */
    ConsentMemory(Database database, Function<String, String> countries) {
        matters = Caffeine.newBuilder().maximumSize(MOST_STORES).expireAfterWrite(LIFE).executor(Runnable::run)
                .build(store -> database.jdbc(connection -> ConsentTable.matters(connection, store)));
        agreed = Caffeine.newBuilder().maximumSize(MOST_CUSTOMERS).expireAfterWrite(LIFE).build(key -> database.jdbc(connection -> {
            Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
            ConsentTable.read(connection, key.store, countries.apply(key.store), List.of(key.customer)).get(key.customer)
                    .forEach((purpose, standing) -> {
                        if (standing.agreed()) {
                            purposes.add(purpose);
                        }
                    });
            return purposes;
        }));
    }

    boolean agreed(String store, String customer, Purpose purpose) {
        return !matters.get(store) || agreed.get(new Key(store, customer)).contains(purpose);
    }

    /** Forgets what stored rows have made old. */
    void changed(String store, Records records, List<Object[]> rows) {
        int type = records.first() + Math.max(0, records.indexOf("type"));
        boolean events = records.entity() == Entity.EVENTS;
        if (events || records.entity() == Entity.CUSTOMERS) {
            for (Object[] row : rows) {
                if (!events || ConsentWords.told((String) row[type])) {
                    changed(store, records.customerOf(row));
                }
            }
        }
    }

    /** Forgets a customer. */
    void changed(String store, String customer) {
        agreed.invalidate(new Key(store, customer));
        matters.invalidate(store);
    }

    /** Forgets a store. */
    void forget(String store) {
        agreed.asMap().keySet().removeIf(key -> key.store.equals(store));
        matters.invalidate(store);
    }
}
