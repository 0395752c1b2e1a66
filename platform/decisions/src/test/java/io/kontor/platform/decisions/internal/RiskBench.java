package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.StoreData;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A shop that assesses transactions: rules, cases and guard are real, the records and the log lie in memory. */
final class RiskBench implements AutoCloseable {

    static final String SHOP = "sample";
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final Database database;
    final SampleStore data = new SampleStore(Locale.ENGLISH);
    final Recorded transactions = new Recorded();
    final Noted log = new Noted();
    final KeptRules rules;
    final RiskCases cases;
    final GuardedRisk desk;
    private final List<PluginInstance> running = new ArrayList<>();
    private final Guard guard = new Guard(Duration.ofSeconds(5), Duration.ofSeconds(5));

    RiskBench(Database database) {
        this.database = database;
        rules = new KeptRules(null, database, new OneShop(), transactions, new Fake.Reversed());
        cases = new RiskCases(database, transactions);
        ActivePlugins plugins = new ActivePlugins() {

            @Override
            public List<PluginInstance> instances(String store, String family) {
                return running;
            }

            @Override
            public Optional<PluginInstance> instance(String store, String plugin) {
                return Optional.empty();
            }

            @Override
            public List<PluginInstance> parts(String store, String plugin, Class<?> type) {
                return List.of();
            }
        };
        LiveModels models = new LiveModels() {

            @Override
            public Optional<Live> champion(PluginInstance instance, Duration patience) {
                return Optional.empty();
            }

            @Override
            public boolean hasChampion(String store, String plugin) {
                return true;
            }
        };
        desk = new GuardedRisk(new FamilyPipeline(plugins, models, guard), transactions, rules, cases, log, new Fake.Reversed());
    }

    void enable(String plugin, boolean baseline, RiskScorer scorer) {
        running.add(new Fake(plugin, SHOP, baseline, scorer));
    }

    Transactions.Taken take(String id, Instant time, double amount) {
        return transactions.take(SHOP, Map.of("id", id, "time", time, "amount", amount));
    }

    @Override
    public void close() {
        guard.close();
    }

    /** The one shop's data. */
    private final class OneShop implements DataAccess {

        @Override
        public StoreData of(String store) {
            return data;
        }

        @Override
        public List<Extent> extents(String store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Quarantined> quarantine(String store, Entity entity, long before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> inactiveProducts(String store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long changes(String store, Entity entity) {
            return 0;
        }
    }

    /** Transactions of one customer. */
    static final class Recorded implements Transactions {

        private final RecentTransactions recent = new RecentTransactions();
        private final Map<String, LabelledTransaction> byId = new LinkedHashMap<>();

        @Override
        public Taken take(String store, Map<String, Object> record) {
            Transaction transaction = new Transaction((String) record.get("id"), (Instant) record.get("time"), (Double) record.get("amount"),
                    "", "anna", "", "", "", "", "", "", "", "", Map.of("items", 2.0));
            recent.add(transaction);
            boolean fresh = byId.putIfAbsent(transaction.id(),
                    new LabelledTransaction(transaction, LabelledTransaction.Label.UNKNOWN, transaction.time())) == null;
            return new Taken(store, transaction, CompletableFuture.completedFuture(fresh));
        }

        @Override
        public void awaitStored(Taken taken) {
            taken.stored().join();
        }

        @Override
        public RecentTransactions recent(String store) {
            return recent;
        }

        @Override
        public void readRecent(String store, Consumer<LabelledTransaction> each) {
            byId.values().forEach(each);
        }

        @Override
        public Map<String, LabelledTransaction> find(String store, Collection<String> ids) {
            Map<String, LabelledTransaction> found = new LinkedHashMap<>(byId);
            found.keySet().retainAll(ids);
            return found;
        }

        @Override
        public boolean[] label(String store, List<Labelling> labellings) {
            boolean[] known = new boolean[labellings.size()];
            for (int i = 0; i < known.length; i++) {
                Labelling labelling = labellings.get(i);
                known[i] = byId.computeIfPresent(labelling.transaction(),
                        (id, row) -> new LabelledTransaction(row.transaction(), labelling.label(), labelling.time())) != null;
            }
            return known;
        }
    }

    /** Remembers everything. */
    static final class Noted implements DecisionLog {

        final List<Entry> entries = new ArrayList<>();
        final List<Feedback> feedback = new ArrayList<>();

        @Override
        public void note(Entry entry) {
            entries.add(entry);
        }

        @Override
        public List<Entry> list(String store, String family, String subject, Instant from, Instant to, String after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> latest(String store, String family, Collection<String> subjects) {
            Map<String, String> latest = new LinkedHashMap<>();
            entries.stream().filter(entry -> subjects.contains(entry.subject()))
                    .forEach(entry -> latest.put(entry.subject(), entry.requestId()));
            return latest;
        }

        @Override
        public Optional<Entry> find(String store, String requestId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean[] feedback(String store, List<Feedback> given) {
            feedback.addAll(given);
            return new boolean[given.size()];
        }

        @Override
        public List<Feedback> feedbackOn(String store, String requestId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void awaitWritten() {
            // nothing is written
        }

        @Override
        public long leftOut() {
            return 0;
        }
    }
}
