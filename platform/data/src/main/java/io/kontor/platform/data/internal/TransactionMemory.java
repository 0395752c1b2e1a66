package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.persistence.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recent transactions of the stores that were asked about within the last hour. They follow what this server stores; every few minutes
 * they are read anew in the background, as another server may have stored or erased some. When memory is short, the stores not asked about
 * for longest go first.
 */
final class TransactionMemory {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionMemory.class);
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);
    /** One transaction is taken for about 1 KB; all together may take an eighth of the heap. */
    private static final long MOST = Math.max(RecentTransactions.CAPACITY, Runtime.getRuntime().maxMemory() / 8 / 1024);

    private final Database database;
    private final Intake intake;
    private final Cache<String, Held> stores = Caffeine.newBuilder().maximumWeight(MOST).expireAfterAccess(IDLE)
            .weigher((String store, Held held) -> held.weight).build();

    /** One store's transactions. */
    private static final class Held {

        private final CompletableFuture<Void> read = new CompletableFuture<>();
        private final AtomicBoolean renewing = new AtomicBoolean(true);
        private volatile RecentTransactions recent = new RecentTransactions();
        private volatile RecentTransactions next = recent;
        private volatile long readAt;
        private volatile int weight = 1;
    }

    TransactionMemory(Database database, Intake intake) {
        this.database = database;
        this.intake = intake;
    }

    RecentTransactions of(String store) {
        Held held = stores.getIfPresent(store);
        if (held == null) {
            Held mine = new Held();
            Held other = stores.asMap().putIfAbsent(store, mine);
            held = other == null ? mine : other;
            if (other == null) {
                read(store, mine);
            }
        } else if (held.read.isDone() && System.nanoTime() - held.readAt > RENEWED_AFTER.toNanos()
                && held.renewing.compareAndSet(false, true)) {
            Held old = held;
            old.next = new RecentTransactions();
            CompletableFuture.runAsync(() -> read(store, old));
        }
        try {
            held.read.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
        return held.recent;
    }

    /** Reads into what is next, to which what is stored meanwhile is added as well. */
    private void read(String store, Held held) {
        try {
            RecentTransactions next = held.next;
            read(store, row -> next.add(row.transaction()));
            held.recent = next;
            held.readAt = System.nanoTime();
            weigh(store, held);
            held.read.complete(null);
        } catch (RuntimeException | Error e) {
            if (held.read.completeExceptionally(e)) {
                stores.asMap().remove(store, held);
            } else {
                LOG.warn("The recent transactions of the store {} could not be read anew; it is tried again in some minutes", store, e);
                held.readAt = System.nanoTime();
            }
        } finally {
            held.next = held.recent;
            held.renewing.set(false);
        }
    }

    /** Reads as many transactions as are remembered, in order of time. */
    void read(String store, Consumer<LabelledTransaction> each) {
        intake.settle();
        try (Snapshot snapshot = TableSnapshot.open(database, store)) {
            LabelledTransaction.read(snapshot.window(begin(store), null), each);
        }
    }

    private void weigh(String store, Held held) {
        held.weight = 1 + held.recent.size();
        stores.asMap().computeIfPresent(store, (id, there) -> there);
    }

    /** The time of the oldest transaction that still has room; null when all have. */
    private Instant begin(String store) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select time from payment_transaction where store = ? order by store desc, time desc, digest desc limit 1 offset ?")) {
                select.setString(1, store);
                select.setInt(2, RecentTransactions.CAPACITY - 1);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Instant.ofEpochMilli(row.getLong(1)) : null;
                }
            }
        });
    }

    /** Takes rows that were stored, when the store's are in memory. */
    void stored(String store, List<Object[]> rows) {
        Held held = stores.asMap().get(store);
        if (held != null) {
            for (Object[] row : rows) {
                Transaction transaction = transaction(row);
                held.recent.add(transaction);
                held.next.add(transaction);
            }
            if (held.recent.size() > 2 * held.weight) {
                weigh(store, held);
            }
        }
    }

    void forget(String store) {
        stores.invalidate(store);
    }

    /** What {@link LabelledTransaction#read} makes of the same row. */
    static Transaction transaction(Object[] row) {
        Records records = Records.of(Entity.TRANSACTIONS);
        String[] texts = new String[records.columns().size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = row[records.first() + i] instanceof String text ? text : "";
        }
        Map<String, Object> attributes = new HashMap<>();
        Attributes.read((String) row[records.digestIndex() - 1]).forEach((name, text) -> {
            double number = Numbers.parse(text);
            attributes.put(name, Double.isNaN(number) ? text : (Object) number);
        });
        return new Transaction((String) row[Records.ID], Instant.ofEpochMilli(records.timeOf(row)),
                (Double) row[records.first() + records.indexOf("amount")], texts[3], texts[4], texts[5], texts[6], texts[7], texts[8], texts[9],
                texts[10], texts[11], texts[12], attributes);
    }
}
