package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.decisions.DecisionStatistics.Fallback;
import io.kontor.platform.decisions.DecisionStatistics.Fallbacks;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendPipelineTest {

    private static final Duration DEADLINE = Duration.ofMillis(200);
    /** A deadline that no call misses. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<PluginInstance> running = new ArrayList<>();
    private final Guard guard = new Guard(DEADLINE, Duration.ofSeconds(5));
    private final Guard patient = new Guard(LONG, Duration.ofSeconds(5));
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger stuck = new AtomicInteger();

    private final ActivePlugins plugins = new ActivePlugins() {

        @Override
        public List<PluginInstance> instances(String store, String family) {
            return running.stream().filter(i -> i.store().equals(store)).toList();
        }

        @Override
        public Optional<PluginInstance> instance(String store, String plugin) {
            return instances(store, "recommend").stream().filter(i -> i.plugin().equals(plugin)).findFirst();
        }

        @Override
        public List<PluginInstance> parts(String store, String plugin, Class<?> type) {
            return instance(store, plugin).filter(i -> i.provides(type)).stream().toList();
        }
    };

    /** Models that take a second to be loaded. */
    private static final class SlowModels implements LiveModels {

        private final Set<String> trained = ConcurrentHashMap.newKeySet();
        private final Set<String> loaded = ConcurrentHashMap.newKeySet();
        private final Map<String, Double> quality = new ConcurrentHashMap<>();

        @Override
        public Release release(String store, String plugin) {
            return new Release(Optional.of(new Release.Bearer("m1", 1, "", quality.getOrDefault(plugin, Double.NaN))), null, Optional.empty(),
                    null, Optional.empty(), Optional.empty(), ReleasePolicy.DEFAULT);
        }

        @Override
        public Optional<Live> champion(PluginInstance instance, Duration patience) {
            if (!trained.contains(instance.plugin())) {
                return Optional.empty();
            } else if (patience.toSeconds() >= 1) {
                loaded.add(instance.plugin());
            } else if (!loaded.contains(instance.plugin())) {
                throw new KontorException(KontorException.Kind.CAPACITY, "The model is still being loaded.");
            }
            return Optional.of(new Live("m1", 1, "model"));
        }

        @Override
        public boolean hasChampion(String store, String plugin) {
            return trained.contains(plugin);
        }
    }

    /** Recommends what its model is, or nothing. */
    private record Learner(boolean offers) implements TrainedRecommender<String> {

        Learner() {
            this(true);
        }

        @Override
        public Ranking recommend(String model, RecommendationRequest request) {
            return new Ranking(offers ? List.of(item(model, 1)) : List.of());
        }

        @Override
        public String train(Training training) {
            return "model";
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

    private final SlowModels models = new SlowModels();
    private final RecommendPipeline pipeline = new RecommendPipeline(new FamilyPipeline(plugins, models, guard), store -> Locale.ENGLISH);

    @AfterEach
    void close() {
        end.countDown();
        guard.close();
        patient.close();
    }

    private void enable(String plugin, String store, boolean baseline, Recommender recommender) {
        running.add(new Fake(plugin, store, baseline, recommender));
    }

    private static RankedItem item(String product, double score) {
        return new RankedItem(product, score, List.of(new Reason("code", "text", 1)));
    }

    private static Recommender giving(String... products) {
        return request -> new Ranking(Stream.of(products).map(p -> item(p, 1)).toList());
    }

    private static RecommendationRequest request(int n) {
        return new RecommendationRequest(Optional.empty(), Optional.of("c"), Optional.empty(), List.of(), List.of(), n,
                product -> !product.equals("bought"));
    }

    private Answer<Ranking> ask(String store) {
        return pipeline.ask(store, Optional.empty(), request(2));
    }

    private static List<String> products(Answer<Ranking> answer) {
        return answer.value().items().stream().map(RankedItem::product).toList();
    }

    private static String ageless(Answer<Ranking> answer) {
        return answer.fallback().orElseThrow().replaceFirst("\\d+ s ago", "some s ago");
    }

    private Map<Fallback, Long> fallbacks() {
        Map<Fallback, Long> counts = new TreeMap<>();
        guard.fallbacks().forEach((Fallbacks f) -> counts.put(f.by(), f.count()));
        return counts;
    }

    /** The ways to misbehave. */
    private Recommender misbehaving(String how) {
        return switch (how) {
            case "throws" -> request -> {
                throw new IllegalStateException("on purpose");
            };
            case "overflows the stack" -> request -> {
                throw new StackOverflowError("on purpose");
            };
            case "has no memory" -> request -> {
                throw new OutOfMemoryError("on purpose");
            };
            case "sleeps" -> request -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return null;
            };
            case "spins" -> request -> {
                stuck.incrementAndGet();
                Waiting.ignoreInterruptsUntil(end);
                stuck.decrementAndGet();
                return null;
            };
            case "gives null" -> request -> null;
            case "scores NaN" -> request -> new Ranking(List.of(item("x", Double.NaN)));
            case "repeats itself" -> giving("x", "x");
            case "gives too many" -> giving("x", "y", "z");
            case "gives what was bought" -> giving("bought");
            case "gives a book" -> request -> new Ranking(List.of(new RankedItem("x", 1,
                    List.of(new Reason("code", "a".repeat(2_000_000), 1)))));
            default -> throw new IllegalArgumentException(how);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "overflows the stack", "has no memory", "sleeps", "spins", "gives null", "scores NaN",
        "repeats itself", "gives too many", "gives what was bought", "gives a book"})
    void theBaselineAnswersInTimeForAPluginThatMisbehaves(String how) {
        enable("sick", "shop", false, misbehaving(how));
        enable("popular", "shop", true, giving("a", "b"));
        enable("sick", "other", false, giving("c", "d"));
        for (int question = 0; question < 3; question++) {
            Answer<Ranking> answer = ask("shop");
            assertEquals("popular", answer.servedBy().plugin());
            assertTrue(answer.fallback().orElseThrow().startsWith("sick ") && answer.fallback().get().endsWith("popular answered instead."),
                    answer.fallback().get());
            assertEquals(List.of("a", "b"), products(answer));
        }
        assertEquals(how.equals("spins"), stuck.get() > 0, "answered while the call still ran");
        Answer<Ranking> other = ask("other");
        assertEquals(Optional.empty(), other.fallback());
        assertEquals(List.of("c", "d"), products(other));
        assertEquals(Map.of(Fallback.BASELINE, 3L), fallbacks());
    }

    @Test
    void aPluginThatAnsweredLatelyAnswersTheSameQuestionFromMemory() {
        boolean[] sick = {false};
        enable("moody", "shop", false, request -> sick[0] ? misbehaving("throws").recommend(request) : giving("x", "y").recommend(request));
        enable("popular", "shop", true, giving("a", "b"));
        Answer<Ranking> well = ask("shop");
        assertEquals(Optional.empty(), well.fallback());
        sick[0] = true;
        Answer<Ranking> again = ask("shop");
        assertEquals(well.value(), again.value());
        assertEquals(well.servedBy(), again.servedBy());
        assertEquals("moody failed with IllegalStateException; its answer of some s ago is given again.", ageless(again));
        assertEquals("popular", pipeline.ask("shop", Optional.empty(), request(3)).servedBy().plugin(), "another question");
        assertEquals(Map.of(Fallback.LAST_ANSWER, 1L, Fallback.BASELINE, 1L), fallbacks());
    }

    /** Answers when the test is over, unless it is interrupted. */
    private Recommender late(String... products) {
        return request -> {
            Waiting.arrive(end);
            return giving(products).recommend(request);
        };
    }

    /** Answers with how many deadlines lie between a moment and the end of its time, which the server's own time for the call adds to. */
    private static Recommender deadlines(long since) {
        return request -> new Ranking(List.of(item(String.valueOf((CallChain.current().until() - since) / LONG.toNanos()), 1)));
    }

    private Answer<Ranking> askPatiently(String store) {
        return new RecommendPipeline(new FamilyPipeline(plugins, models, patient), any -> Locale.ENGLISH)
                .ask(store, Optional.empty(), request(2));
    }

    @Test
    void aBaselineThatIsAloneMayTakeASecondDeadline() {
        enable("popular", "shop", true, deadlines(System.nanoTime()));
        Answer<Ranking> alone = askPatiently("shop");
        assertEquals(List.of("2"), products(alone));
        assertEquals(Optional.empty(), alone.fallback());
        assertEquals(List.of(), patient.fallbacks());
    }

    @Test
    void aBaselineThatStandsInMayTakeASecondDeadline() {
        enable("sick", "shop", false, misbehaving("throws"));
        enable("popular", "shop", true, deadlines(System.nanoTime()));
        assertEquals(List.of("2"), products(askPatiently("shop")));
    }

    @Test
    void whoeverIsNotABaselineMayNot() {
        enable("alone", "shop", false, deadlines(System.nanoTime()));
        assertEquals(List.of("1"), products(askPatiently("shop")));
    }

    @Test
    void whoeverIsLateIsToldWithTheDeadline() {
        enable("slow", "shop", false, late("x"));
        KontorException nobody = assertThrows(KontorException.class, () -> ask("shop"));
        assertEquals(KontorException.Kind.CAPACITY, nobody.kind());
        assertEquals("slow did not answer within 200 ms, and no other plugin could answer.", nobody.getMessage());
        enable("popular", "shop", true, giving("a"));
        Answer<Ranking> answer = ask("shop");
        assertEquals(List.of("a"), products(answer));
        assertEquals("slow did not answer within 200 ms; popular answered instead.", answer.fallback().orElseThrow());
    }

    @Test
    void aBaselineThatIsStillLateIsToldWithBothDeadlines() {
        enable("popular", "shop", true, late("a"));
        KontorException nobody = assertThrows(KontorException.class, () -> ask("shop"));
        assertEquals(KontorException.Kind.CAPACITY, nobody.kind());
        assertEquals("popular did not answer within 400 ms, and no other plugin could answer.", nobody.getMessage());
        assertEquals(Map.of(Fallback.NOBODY, 1L), fallbacks());
    }

    @Test
    void aBaselineThatHasAnEarlierAnswerGivesItInsteadOfASecondDeadline() {
        boolean[] slow = {false};
        enable("popular", "shop", true, request -> (slow[0] ? late("a") : giving("a")).recommend(request));
        Answer<Ranking> well = ask("shop");
        slow[0] = true;
        Answer<Ranking> again = ask("shop");
        assertEquals(well.value(), again.value());
        assertEquals("popular did not answer within 200 ms; its answer of some s ago is given again.", ageless(again));
    }

    @Test
    void thePluginWhoseModelWasJudgedBestIsAskedFirst() {
        enable("popular", "shop", true, giving("a"));
        enable("by hand", "shop", false, giving("b"));
        enable("good", "shop", false, giving("c"));
        enable("better", "shop", false, giving("d"));
        models.quality.putAll(Map.of("popular", 0.9, "good", 0.1, "better", 0.2));
        assertEquals("better", ask("shop").servedBy().plugin());
        running.removeIf(one -> one.plugin().equals("better"));
        assertEquals("good", ask("shop").servedBy().plugin());
        running.removeIf(one -> one.plugin().equals("good"));
        assertEquals("by hand", ask("shop").servedBy().plugin());
    }

    @Test
    void whatNobodyHasJudgedComesAfterTheBaselineWhereAModelWasJudged() {
        enable("new arrivals", "shop", false, giving("n"));
        running.add(new Fake("learner", "shop", false, new Learner(false)));
        enable("popular", "shop", true, giving("a"));
        models.trained.add("learner");
        models.loaded.add("learner");
        models.quality.put("learner", 0.3);
        assertEquals("popular", ask("shop").servedBy().plugin(), "the judged one has nothing for an unknown customer");
        running.removeIf(one -> one.plugin().equals("learner"));
        assertEquals("new arrivals", ask("shop").servedBy().plugin(), "it was enabled to be asked");
    }

    @Test
    void theNextPluginOfTheStoreComesBeforeTheBaseline() {
        enable("sick", "shop", false, misbehaving("throws"));
        enable("second", "shop", false, giving("s"));
        enable("popular", "shop", true, giving("a"));
        assertEquals("second", ask("shop").servedBy().plugin());
        assertEquals(Map.of(Fallback.OTHER_PLUGIN, 1L), fallbacks());
    }

    @Test
    void aPluginIsNotAskedInsideItsOwnAnswer() {
        enable("curious", "shop", false, request -> new Ranking(List.of(item(ask("shop").servedBy().plugin(), 1))));
        enable("popular", "shop", true, giving("a"));
        assertEquals(List.of("popular"), products(ask("shop")));
    }

    @Test
    void saysWhenNobodyIsThereAndWhenNobodyAnswers() {
        KontorException none = assertThrows(KontorException.class, () -> ask("shop"));
        assertEquals(KontorException.Kind.CONFIGURATION, none.kind());
        enable("sick", "shop", false, misbehaving("throws"));
        KontorException nobody = assertThrows(KontorException.class, () -> ask("shop"));
        assertEquals(KontorException.Kind.CAPACITY, nobody.kind());
        assertEquals("sick failed with IllegalStateException, and no other plugin could answer.", nobody.getMessage());
        assertThrows(NoSuchElementException.class, () -> pipeline.ask("shop", Optional.of("unknown"), request(1)));
    }

    @Test
    void anUntrainedPluginIsNoFailureAndSaysSo() {
        running.add(new Fake("learner", "shop", false, new Learner()));
        KontorException untrained = assertThrows(KontorException.class, () -> ask("shop"));
        assertEquals(KontorException.Kind.CONFIGURATION, untrained.kind());
        assertTrue(untrained.getMessage().contains("learner has no model yet"), untrained.getMessage());
        enable("popular", "shop", true, giving("a"));
        assertEquals("learner has no model yet; popular answered instead.", ask("shop").fallback().orElseThrow());
    }

    @Test
    void aModelIsWaitedForOnlyWhenNobodyElseCanAnswer() {
        models.trained.add("learner");
        running.add(new Fake("learner", "shop", false, new Learner()));
        enable("popular", "shop", true, giving("a"));
        assertTrue(ask("shop").fallback().orElseThrow().startsWith("learner could not be asked: The model is still being loaded; "));
        running.remove(1);
        Answer<Ranking> waited = ask("shop");
        assertEquals(Optional.empty(), waited.fallback());
        assertEquals(Optional.of("m1"), waited.servedBy().model());
        assertEquals(List.of("model"), products(waited));
    }

    @Test
    void aShortListOfAModelIsFilledUpFromTheBaselineBelowItsScores() {
        models.trained.addAll(Set.of("learner", "popular"));
        models.loaded.add("learner");
        running.add(new Fake("learner", "shop", false, new Learner()));
        enable("popular", "shop", true, giving("a"));
        Answer<Ranking> filled = ask("shop");
        assertEquals(List.of("model", "a"), products(filled));
        assertTrue(filled.value().items().get(0).score() > filled.value().items().get(1).score());
        assertEquals(List.of(false, true), filled.value().items().stream().map(item -> item.reasons().stream()
                .anyMatch(reason -> reason.code().equals(RecommendationDesk.FILLED_UP))).toList());
    }

    @Test
    void aShortListIsFilledUpByTheNextBestBeforeTheBaseline() {
        models.trained.addAll(Set.of("learner", "second", "popular"));
        models.loaded.add("learner");
        models.quality.putAll(Map.of("learner", 0.3, "second", 0.2, "third", 0.1));
        running.add(new Fake("learner", "shop", false, new Learner()));
        enable("third", "shop", false, giving("never asked"));
        enable("second", "shop", false, request ->
                new Ranking(Stream.of("model", "b").filter(request.eligible()).map(p -> item(p, 1)).toList()));
        enable("popular", "shop", true, giving("a"));
        assertEquals(List.of("model", "b"), products(ask("shop")));
        Answer<Ranking> named = pipeline.ask("shop", Optional.of("learner"), request(2));
        assertEquals(List.of("model", "a"), products(named), "a plugin that is looked at alone has the baseline below it only");
    }

    @Test
    void aModelWithNothingToOfferLeavesItsTurnToTheNext() {
        models.trained.addAll(Set.of("learner", "second", "popular"));
        models.loaded.add("learner");
        models.quality.putAll(Map.of("learner", 0.3, "second", 0.2));
        running.add(new Fake("learner", "shop", false, new Learner(false)));
        assertEquals("learner", ask("shop").servedBy().plugin(), "nobody else has something");
        enable("second", "shop", false, giving("b", "c"));
        enable("popular", "shop", true, giving("a", "b"));
        Answer<Ranking> next = ask("shop");
        assertEquals("second", next.servedBy().plugin());
        assertEquals(List.of("b", "c"), products(next));
        assertEquals(Optional.empty(), next.fallback(), "nothing failed");
        Answer<Ranking> named = pipeline.ask("shop", Optional.of("learner"), request(2));
        assertEquals("popular", named.servedBy().plugin());
        assertEquals("learner had nothing to offer; popular answered instead.", named.fallback().orElseThrow());
        assertEquals(Map.of(), fallbacks(), "no call went wrong");
    }

    @Test
    void theEarlierAnswerIsGivenWhenTheQuestionCannotBePutTogether() {
        enable("knn", "shop", false, giving("x"));
        assertTrue(pipeline.lastAnswer("shop", Optional.empty(), request(2), "could not be asked").isEmpty());
        ask("shop");
        Answer<Ranking> kept = pipeline.lastAnswer("shop", Optional.empty(), request(2), "could not be asked").orElseThrow();
        assertEquals(Set.of("x"), Set.copyOf(products(kept)));
        assertTrue(kept.fallback().orElseThrow().startsWith("knn could not be asked; "));
    }
}
