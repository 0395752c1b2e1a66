package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.store.Store;
import io.kontor.platform.data.Retention;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the maximum ages in the database and submits the job at night; a night that no server saw is made up for when one runs again. */
@Component(immediate = true, service = Retention.class)
public final class StoreRetention implements Retention {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRetention.class);
    private static final int NIGHT = 3;
    private static final long LOOKS_EVERY_MINUTES = 10;

    private final RetentionTable table;
    private final Stores stores;
    private final Jobs jobs;
    private final Clock clock;
    private final Set<String> names = new TreeSet<>();
    private final ScheduledExecutorService looker;

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the ages
     * @param stores tell time zones
     * @param jobs remove what is too old
     */
    @Activate
    public StoreRetention(@Reference Database database, @Reference Stores stores, @Reference Jobs jobs) {
        this(database, stores, jobs, Clock.systemUTC());
        looker.scheduleWithFixedDelay(this::look, 1, LOOKS_EVERY_MINUTES, TimeUnit.MINUTES);
    }

    StoreRetention(Database database, Stores stores, Jobs jobs, Clock clock) {
        this.table = new RetentionTable(database);
        this.stores = stores;
        this.jobs = jobs;
        this.clock = clock;
        for (Entity entity : Entity.values()) {
            if (Records.of(entity).clock() >= 0 && entity != Entity.PRICES && entity != Entity.STOCK) {
                names.add(entity.path());
            }
        }
        names.add(DECISIONS);
        looker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kontor-retention");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(names);
    }

    @Override
    public Set<String> stores(String name) {
        return Set.copyOf(table.stores(name));
    }

    @Override
    public Map<String, Integer> days(String store) {
        return table.days(store);
    }

    @Override
    public void put(String store, Map<String, Integer> days) {
        if (stores.find(store).isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "The store was deleted.");
        }
        days.forEach((name, most) -> {
            if (!names.contains(name) || most < 1 || most > MOST_DAYS) {
                throw new IllegalArgumentException(name + ": " + most);
            }
        });
        table.put(store, days);
    }

    @Override
    public String start(String store, Starter by) {
        return jobs.submit(new JobRequest(JOB, store, null, Map.of(), "import:" + store, by));
    }

    void look() {
        try {
            for (String id : table.stores(null)) {
                Optional<Store> store = stores.find(id);
                LocalDateTime now = LocalDateTime.now(clock.withZone(store.map(Store::timeZone).orElse(clock.getZone())));
                if (store.isPresent() && now.getHour() >= NIGHT && table.take(id, now.toLocalDate().toString())) {
                    start(id, Starter.SYSTEM);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("It could not be seen whose records are too old; it is tried again in {} minutes", LOOKS_EVERY_MINUTES, e);
        }
    }

    @Deactivate
    void close() {
        looker.shutdownNow();
    }
}
