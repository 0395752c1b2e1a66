package io.kontor.platform.decisions.internal;

import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.StoreData;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Demands;
import io.kontor.platform.data.StockLevels;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store that plans orders and prices: pipeline and guard are real, the records lie in memory. */
final class PlanBench implements AutoCloseable {

    static final String SHOP = "sample";
    static final LocalDate BEGIN = LocalDate.of(2026, 1, 5);

    final SampleStore store = new SampleStore(Locale.ENGLISH);
    final Set<String> inactive = new HashSet<>();
    final List<StockLevels.Level> levels = new ArrayList<>();
    final List<Proposals.New> proposed = new ArrayList<>();
    final RiskBench.Noted log = new RiskBench.Noted();
    final Records data = new Records();
    final Demands demands = id -> table();
    final StorePrices prices = new StorePrices(data, demands);
    final StockLevels stock = new Shelves();
    final Proposals proposals = new Renewed();
    private final List<PluginInstance> running = new ArrayList<>();
    private final Guard guard = new Guard(Duration.ofSeconds(5), Duration.ofSeconds(5));
    final FamilyPipeline pipeline = new FamilyPipeline(new Running(), new NoModels(), guard);

    void enable(String plugin, Object service) {
        running.add(new Fake(plugin, SHOP, false, service));
    }

    /** Two units a day for some days from {@link #BEGIN} on. */
    PlanBench sold(String product, int days, double price) {
        for (int day = 0; day < days; day++) {
            store.add(Entity.SALES, Map.of("productId", product, "date", at(BEGIN.plusDays(day)), "quantity", 2.0, "price", price));
        }
        return this;
    }

    PlanBench inStock(String product, double onHand) {
        levels.add(new StockLevels.Level(product, "", Instant.EPOCH, onHand, 3, 1));
        return this;
    }

    DemandTable table() {
        return DemandTable.of(store.snapshot(), ZoneOffset.UTC, new SampleJob());
    }

    static Instant at(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static JobRequest request(String type) {
        return new JobRequest(type, SHOP, null, Map.of(), null);
    }

    @Override
    public void close() {
        guard.close();
    }

    /** The plugins that were enabled. */
    private final class Running implements ActivePlugins {

        @Override
        public List<PluginInstance> instances(String id, String family) {
            return running;
        }

        @Override
        public Optional<PluginInstance> instance(String id, String plugin) {
            return Optional.empty();
        }

        @Override
        public List<PluginInstance> parts(String id, String plugin, Class<?> type) {
            return List.of();
        }
    }

    /** Every plugin's model is the text "model". */
    private static final class NoModels implements LiveModels {

        @Override
        public Optional<Live> champion(PluginInstance instance, Duration patience) {
            return Optional.of(new Live("m1", 1, "model"));
        }

        @Override
        public boolean hasChampion(String id, String plugin) {
            return true;
        }
    }

    /** The one store's data. */
    final class Records implements DataAccess {

        @Override
        public StoreData of(String id) {
            return store;
        }

        @Override
        public List<Extent> extents(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Quarantined> quarantine(String id, Entity entity, long before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> inactiveProducts(String id) {
            return inactive;
        }

        /** Every row that was put in is a change. */
        @Override
        public long changes(String id, Entity entity) {
            long[] rows = {0};
            store.snapshot().read(entity, batch -> rows[0] += batch.size());
            return rows[0];
        }
    }

    /** What was put in stock. */
    private final class Shelves implements StockLevels {

        @Override
        public List<Level> all(String id) {
            return levels;
        }

        @Override
        public Optional<Level> find(Connection connection, String id, String product, String location) {
            throw new UnsupportedOperationException();
        }
    }

    /** Remembers the latest plan. */
    private final class Renewed implements Proposals {

        @Override
        public void renew(String id, String family, String kind, List<New> fresh) {
            proposed.clear();
            proposed.addAll(fresh);
        }

        @Override
        public List<Kept> list(String id, String family, State state, long before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Long> pending(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Kept> find(String id, long proposal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Kept> decide(String id, long proposal, State to, String by, String note) {
            throw new UnsupportedOperationException();
        }
    }
}
