package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.api.store.Store;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.ShadowComparison.Compared;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.AliasChange.Author;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.Release.Bearer;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Trials on a share of the customers, models that are sent back, and shadows; a plugin whose model is a text that says how it behaves. */
class ReleaseWatchTest {

    private static final Bearer OLD = new Bearer("old", 1, "");
    private static final Bearer NEW = new Bearer("new", 2, "");
    private static final Duration NEVER = Duration.ofDays(1);

    private final Guard guard = new Guard(Duration.ofSeconds(2), Duration.ofMillis(50));
    private final PluginInstance instance = new Fake("knn", "berlin", false, new Moody());
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final Map<String, String> moods = new HashMap<>(Map.of("old", "fine", "new", "fine"));
    private volatile Release release;
    private Databases.Opened database;
    private BatchedDecisionLog log;
    private ReleaseWatch watch;
    private Shadows shadows;
    private RecommendPipeline pipeline;

    /** Answers with its model's name, throws, or takes its time. */
    private static final class Moody implements TrainedRecommender<String> {

        @Override
        public Ranking recommend(String model, RecommendationRequest request) {
            if (model.endsWith("fails")) {
                throw new IllegalStateException("as it was told");
            }
            if (model.endsWith("slow")) {
                LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
            }
            return new Ranking(List.of(new RankedItem(model, 1, List.of(new Reason("code", "text", 1)))));
        }

        @Override
        public String train(Training training) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(String model, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String read(InputStream in) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Models implements LiveModels, ActivePlugins {

        @Override
        public Optional<Live> champion(PluginInstance asking, Duration patience) {
            return bearer(asking, ModelRegistry.CHAMPION, patience);
        }

        @Override
        public Optional<Live> bearer(PluginInstance asking, String alias, Duration patience) {
            return release.bearer(alias).map(one -> new Live(one.id(), one.number(), one.id() + " " + moods.get(one.id())));
        }

        @Override
        public Release release(String store, String plugin) {
            return release;
        }

        @Override
        public boolean hasChampion(String store, String plugin) {
            return true;
        }

        @Override
        public List<PluginInstance> instances(String store, String family) {
            return List.of(instance);
        }

        @Override
        public Optional<PluginInstance> instance(String store, String plugin) {
            return Optional.of(instance);
        }

        @Override
        public List<PluginInstance> parts(String store, String plugin, Class<?> type) {
            return List.of();
        }
    }

    /** Notes what it is told and does it. */
    private final class Registry implements ModelRegistry {

        @Override
        public List<ModelVersion> list(String store, String plugin) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ModelVersion> find(String store, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ModelVersion> alias(String store, String id, String alias, Author author) {
            changes.add(alias + " " + id + " " + author.cause());
            release = champion(NEW, OLD);
            return Optional.empty();
        }

        @Override
        public boolean removeAlias(String store, String id, String alias, Author author) {
            changes.add("not " + alias + " " + id + " " + author.cause() + " " + author.reason());
            release = champion(OLD, null);
            return true;
        }

        @Override
        public Optional<ModelVersion> rollBack(String store, String plugin, String from, Author author) {
            changes.add("back from " + from + " " + author.cause() + " " + author.reason());
            release = champion(OLD, null);
            return Optional.empty();
        }

        @Override
        public Optional<Decision> decision(String store, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Release release(String store, String plugin) {
            return release;
        }

        @Override
        public List<Trial> trials() {
            return release.canary() ? List.of(new Trial("berlin", "knn", release)) : List.of();
        }

        @Override
        public List<Trial> newChampions() {
            return release.newChampion(Instant.now()) ? List.of(new Trial("berlin", "knn", release)) : List.of();
        }

        @Override
        public Release policy(String store, String plugin, ReleasePolicy policy, Author author) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<AliasChange> history(String store, String plugin, long before, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    private void open(FreshDatabase fresh) {
        database = DecisionLogTest.open(fresh, "V1__decisions", "V5__shadow", "V14__parts", "V15__family_parts");
        log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
        Models models = new Models();
        watch = new ReleaseWatch(models, new Registry(), new TrialOutcomes(database, models, models), NEVER);
        shadows = new Shadows(database, models, guard, models, new Fake.Reversed());
        pipeline = new RecommendPipeline(new FamilyPipeline(models, models, guard, watch, shadows), store -> Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        watch.close();
        shadows.close();
        log.stop();
        guard.close();
        database.close();
    }

    private static ReleasePolicy policy(double percent, int cases) {
        return new ReleasePolicy(ReleasePolicy.Promotion.AUTOMATIC, ReleasePolicy.Comparison.NOT_WORSE, 0, 95,
                new ReleasePolicy.Canary(percent, 0, cases), new ReleasePolicy.Guards(5, 20, true, 24), 100);
    }

    private static Release trial(double percent, int cases) {
        return new Release(Optional.of(OLD), Instant.now(), Optional.of(NEW), Instant.now().minusSeconds(60), Optional.empty(),
                Optional.empty(), policy(percent, cases));
    }

    private static Release champion(Bearer champion, Bearer previous) {
        return new Release(Optional.of(champion), Instant.now(), Optional.empty(), null, Optional.empty(), Optional.ofNullable(previous),
                policy(0, 10));
    }

    private Answer<Ranking> ask(String customer) {
        return pipeline.ask("berlin", Optional.empty(), new RecommendationRequest(Optional.empty(), Optional.of(customer), Optional.empty(),
                List.of(), List.of(), 1, product -> true));
    }

    private String model(String customer) {
        Answer<Ranking> answer = ask(customer);
        assertEquals(Optional.empty(), answer.fallback());
        String model = answer.servedBy().model().orElseThrow();
        assertTrue(answer.value().items().get(0).product().startsWith(model), "the model that is named is the one that answered");
        return model;
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aCustomerAlwaysGetsTheSameModelWhileATrialLasts(FreshDatabase fresh) {
        open(fresh);
        release = trial(30, 1_000_000);
        Set<String> tried = new HashSet<>();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 300; i++) {
                String model = model("c" + i);
                assertTrue(round == 0 || tried.contains("c" + i) == model.equals("new"), "c" + i);
                if (model.equals("new")) {
                    tried.add("c" + i);
                }
            }
        }
        assertEquals(90, tried.size(), 35);
        assertEquals("old", pipeline.ask("berlin", Optional.empty(), new RecommendationRequest(Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), List.of(), 1, product -> true)).servedBy().model().orElseThrow(), "nobody is recognised");
        assertEquals(List.of(), changes);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aModelOnTrialThatFailsIsSentBackAndNobodyNotices(FreshDatabase fresh) {
        open(fresh);
        moods.put("new", "fails");
        release = trial(100, 1_000_000);
        Waiting.until("it is sent back", () -> {
            assertEquals("old", model("anna"), "the champion answers in its place");
            return !changes.isEmpty();
        });
        assertTrue(changes.get(0).startsWith("not challenger new ERRORS"), changes.toString());
        assertEquals(1, changes.size());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aSlowNewChampionIsSentBackAndAnOldOneIsLeftAlone(FreshDatabase fresh) {
        open(fresh);
        moods.put("new", "slow");
        release = champion(NEW, OLD);
        Waiting.until("it is sent back", () -> {
            ask("anna");
            return !changes.isEmpty();
        });
        assertTrue(changes.get(0).startsWith("back from new LATENCY "), changes.get(0));
        release = champion(NEW, null);
        for (int i = 0; i < 50; i++) {
            ask("anna");
        }
        assertEquals(1, changes.size(), "there is none to go back to");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aTrialThatPassesMakesItsModelTheChampion(FreshDatabase fresh) {
        open(fresh);
        release = trial(50, 40);
        watch.look();
        assertEquals(List.of(), changes, "too few answers");
        for (int i = 0; i < 200; i++) {
            model("c" + i);
        }
        watch.look();
        assertEquals(List.of("champion new CANARY_PASSED"), changes);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aTrialWhoseOutcomesAreClearlyWorseIsEnded(FreshDatabase fresh) {
        open(fresh);
        release = trial(50, 1_000_000);
        List<DecisionLog.Feedback> clicks = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            Answer<Ranking> answer = ask("c" + i);
            log.note(entry(answer, "c" + i));
            boolean bought = answer.servedBy().model().orElseThrow().equals("old") ? i % 2 == 0 : i % 8 == 0;
            if (bought) {
                clicks.add(new DecisionLog.Feedback(answer.requestId(), "", "click", Instant.now()));
            }
        }
        log.feedback("berlin", clicks);
        watch.look();
        Waiting.until("it is sent back", () -> !changes.isEmpty());
        assertTrue(changes.get(0).startsWith("not challenger new QUALITY What became of the answers is clearly worse: share of answers "
                + "with a response 0.1"), changes.toString());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aNewChampionWhoseOutcomesAreClearlyWorseThanAtTheSameHoursBeforeIsSentBack(FreshDatabase fresh) {
        open(fresh);
        Instant since = Instant.now().minus(Duration.ofHours(6));
        release = new Release(Optional.of(NEW), since, Optional.empty(), null, Optional.empty(), Optional.of(OLD), policy(0, 10));
        log("old", since.minus(Duration.ofDays(1)).plusSeconds(60), Duration.ZERO, 4);
        log("new", since.plusSeconds(60), Duration.ZERO, 4);
        lookAfresh();
        assertEquals(List.of(), changes, "as good as the other one");
        log("old", since.minus(Duration.ofHours(12)), Duration.ZERO, 1);
        log("old", since.minus(Duration.ofDays(1)).plusSeconds(90), Duration.ofHours(12), 1);
        lookAfresh();
        assertEquals(List.of(), changes, "other hours do not count, nor what came later than it can have come for the new one");
        log("old", since.minus(Duration.ofDays(1)).plusSeconds(120), Duration.ZERO, 1);
        log("new", since.plusSeconds(120), Duration.ZERO, 8);
        watch.look();
        assertEquals(List.of(), changes, "not every few seconds");
        lookAfresh();
        Waiting.until("it is sent back", () -> !changes.isEmpty());
        assertTrue(changes.get(0).startsWith("back from new QUALITY What became of the answers is clearly worse than of the champion before at "
                + "the same hours: share of answers with a response 0.1"), changes.toString());
    }

    private void lookAfresh() {
        watch.close();
        Models models = new Models();
        watch = new ReleaseWatch(models, new Registry(), new TrialOutcomes(database, models, models), NEVER);
        watch.look();
    }

    /** Logs answers of a model from a moment on, every so many of which is clicked after some time. */
    private void log(String model, Instant from, Duration later, int every) {
        List<DecisionLog.Feedback> clicks = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String request = UUID.randomUUID().toString();
            log.note(new DecisionLog.Entry(request, "berlin", from.plusMillis(i), "recommend", "anna", "anna",
                    new Answer.ServedBy("knn", "1.0.0", Optional.of(model)), Optional.empty(), Map.of("n", 1), "x"));
            if (i % every == 0) {
                clicks.add(new DecisionLog.Feedback(request, "", "click", from.plusMillis(i).plus(later)));
            }
        }
        log.feedback("berlin", clicks);
    }

    private static DecisionLog.Entry entry(Answer<Ranking> answer, String customer) {
        return new DecisionLog.Entry(answer.requestId(), "berlin", Instant.now(), "recommend", customer, customer, answer.servedBy(),
                Optional.empty(), Map.of("n", 1), answer.value());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aShadowIsComparedAndNeverAnswersOrDisturbs(FreshDatabase fresh) throws Exception {
        open(fresh);
        release = new Release(Optional.of(OLD), Instant.now(), Optional.empty(), null, Optional.of(NEW), Optional.empty(), policy(0, 1));
        for (int i = 0; i < 60; i++) {
            assertEquals("old", model("anna"));
        }
        Compared compared = shadows.of("berlin", "knn").orElseThrow();
        assertEquals(Measure.RANK_BIASED_OVERLAP, compared.main());
        Set<Measure> seen = new HashSet<>();
        compared.spreads().forEach(spread -> {
            seen.add(spread.measure());
            assertEquals(60 - compared.leftOut(), spread.cases(), spread.measure().name());
            assertEquals(spread.measure() == Measure.CHAMPION_MILLIS || spread.measure() == Measure.SHADOW_MILLIS, spread.mean() > 0,
                    "two different products have nothing in common");
        });
        assertEquals(Set.of(Measure.OVERLAP, Measure.RANK_BIASED_OVERLAP, Measure.CHAMPION_MILLIS, Measure.SHADOW_MILLIS, Measure.FAILED),
                seen);
        assertEquals(Math.min(ShadowTable.EXAMPLES, 60 - compared.leftOut()), compared.examples().size());
        assertEquals("anna", compared.examples().get(0).subject());
        assertTrue(compared.examples().get(0).shadow().contains("new fine"), compared.examples().get(0).shadow());
        moods.put("new", "fails");
        for (int i = 0; i < 20; i++) {
            assertEquals("old", model("anna"), "a shadow that fails is nobody's business");
        }
        assertTrue(shadows.of("berlin", "knn").orElseThrow().spreads().stream().filter(s -> s.measure() == Measure.FAILED)
                .anyMatch(s -> s.mean() > 0));
        assertEquals(List.of(), changes);
        List<Map<String, Object>> copy = database.jdbc(connection -> shadows.export(connection, "berlin", "anna"));
        assertTrue(copy.get(0).get("shadowAnswer").toString().contains("new fine"), "a person gets a copy: " + copy.get(0));
        int erased = database.jdbc(connection -> shadows.erase(connection, "berlin", "anna"));
        assertTrue(erased > 0);
        assertEquals(List.of(), shadows.of("berlin", "knn").orElseThrow().examples());
        shadows.deleted(store());
        assertEquals(List.of(), shadows.of("berlin", "knn").orElseThrow().spreads());
    }

    private static Store store() {
        return new Store("berlin", "Berlin", Currency.getInstance("EUR"), Locale.ENGLISH,
                ZoneId.of("Europe/Berlin"), "DE");
    }
}
