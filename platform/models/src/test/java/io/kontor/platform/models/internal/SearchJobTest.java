package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Interaction;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.SearchRefusedException;
import io.kontor.platform.models.SettingRange;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Strategy;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.models.SettingsSearch.Trial;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches from the records to the settings taken over, and the ways in which they can end badly. */
class SearchJobTest {

    private static final String STORE = Shop.STORE.id();
    private static final Starter ANNA = Starter.of("anna");
    private static final double GOOD = 0.7;

    @TempDir
    private Path folder;
    private Workbench bench;
    private final Submitted jobs = new Submitted();
    private final List<Long> rows = new ArrayList<>();

    /** Misses the more of the best products the farther its setting is from the good value; fails for a great count. */
    private final class Tunable extends CoBought {

        private final Map<String, Object> settings;

        Tunable(Map<String, Object> settings) {
            super(true, false);
            this.settings = settings;
        }

        @Override
        public Baskets train(Training training) throws Exception {
            if (settings.get("count") instanceof Number count && count.longValue() > 900) {
                throw new IllegalStateException("too many");
            }
            while ("bad".equals(settings.get("mode"))) {
                training.job().checkCancelled();
                Thread.onSpinWait();
            }
            Baskets baskets = super.train(training);
            rows.add(training.data().info().rows());
            return baskets;
        }

        @Override
        public Ranking recommend(Baskets model, RecommendationRequest request) {
            List<RankedItem> items = super.recommend(model, request).items();
            int missed = (int) Math.round(Math.abs(((Number) settings.get("off")).doubleValue() - GOOD) * 10);
            return new Ranking(items.subList(Math.min(missed, items.size()), items.size()));
        }
    }

    /** Remembers what is submitted. */
    private static final class Submitted implements Jobs {

        private final List<JobRequest> requests = new ArrayList<>();

        @Override
        public String submit(JobRequest request) {
            requests.add(request);
            return "job-" + requests.size();
        }

        @Override
        public Optional<Job> find(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Job> list(String store, Job.State state, String before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Job.State, Long> counts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> log(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean cancel(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean amend(String id, Map<String, Object> result, String message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Job> await(String id, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription follow(String id, Consumer<Job> listener) {
            throw new UnsupportedOperationException();
        }
    }

    private void open(FreshDatabase fresh) {
        bench = new Workbench(fresh, folder, Shop.inRounds(60));
        bench.plugins.describe(new TunableSchema());
        bench.plugins.enable(Workbench.SHELF, false, Map.of("off", 0.0, "count", 10L, "key", "***"), Tunable::new);
    }

    private void open() {
        open(FreshDatabase.h2(folder));
    }

    @AfterEach
    void close() {
        assertEquals(0, bench.shop.open(), "every snapshot is closed");
        assertEquals(0, bench.plugins.openTrials(), "every instance of the run is closed");
        bench.close();
    }

    private static Terms terms(Strategy strategy, int trials, boolean apply, SettingRange... ranges) {
        return new Terms(strategy, trials, 600, 5, List.of(ranges), apply);
    }

    private static SettingRange off() {
        return new SettingRange("off", null, null, List.of());
    }

    private String start(Terms terms) {
        return bench.searches(jobs).start(STORE, Workbench.SHELF, terms, ANNA);
    }

    private Map<String, Object> run(String job, Workbench.Context context) throws Exception {
        JobRequest request = jobs.requests.get(Integer.parseInt(job.substring(4)) - 1);
        return bench.searching(jobs).run(job, request, context);
    }

    private SettingsSearch find(String job) {
        return bench.searches(jobs).find(STORE, job).orElseThrow();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void findsBetterSettingsAndTakesThemOverWhenAskedTo(FreshDatabase fresh) throws Exception {
        open(fresh);
        String job = start(terms(Strategy.TPE, 15, true, off()));
        assertEquals(0, find(job).trials().size());
        Map<String, Object> result = run(job, bench.new Context());
        SettingsSearch search = find(job);
        assertEquals(16, search.trials().size());
        assertEquals(Map.of("off", 0.0), search.trials().get(0).settings());
        Trial best = search.trials().get(search.outcome().trial());
        assertEquals(GOOD, (Double) best.settings().get("off"), 0.1);
        assertEquals(best.number(), search.trials().stream().filter(trial -> trial.score() == best.score()).findFirst().orElseThrow().number());
        assertTrue(search.outcome().best().betterThan(search.outcome().present()));
        assertTrue(search.outcome().best().betterThan(search.outcome().baseline()));
        assertTrue(search.outcome().difference().sign() > 0);
        assertTrue(search.outcome().reason().startsWith("The best settings are clearly better than those in use (ndcg@10 "),
                search.outcome().reason());
        assertEquals(best.settings(), result.get("settings"));
        assertEquals(search.outcome().best().metrics(), result.get("metrics"));
        assertEquals(true, result.get("applied"));
        assertEquals("anna", search.applied().by());
        assertEquals(best.settings().get("off"), bench.plugins.find(STORE, Workbench.SHELF).orElseThrow().settings().get("off"));
        assertEquals("***", bench.plugins.find(STORE, Workbench.SHELF).orElseThrow().settings().get("key"));
        assertEquals(ModelRegistry.TRAIN_JOB, jobs.requests.get(1).type());
        assertEquals(ANNA, jobs.requests.get(1).startedBy());
        assertEquals(List.of(job), bench.searches(jobs).list(STORE, Workbench.SHELF).stream().map(SettingsSearch::job).toList());
    }

    @Test
    void theHeldOutPartIsSeenByTheBestOnly() throws Exception {
        open();
        String job = start(terms(Strategy.RANDOM, 4, false, off()));
        run(job, bench.new Context());
        assertEquals(List.of(384L, 384L, 384L, 384L, 384L, 480L, 480L), rows, "600 rows: four fifths are left by the held-out part, four fifths "
                + "of these by the validation part; the settings in use and the best are trained once more at the end");
        assertNull(find(job).applied());
        assertEquals(0.0, bench.plugins.find(STORE, Workbench.SHELF).orElseThrow().settings().get("off"));
        assertEquals(1, jobs.requests.size());
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void aSearchThatWasCutShortGoesOnAsIfNothingHadHappened(Strategy strategy) throws Exception {
        open();
        Terms terms = terms(strategy, 14, false, off(), new SettingRange("count", 1.0, 1000.0, List.of()));
        String whole = start(terms);
        Map<String, Object> expected = run(whole, bench.new Context());
        String cut = start(terms);
        assertThrows(CancellationException.class, () -> run(cut, bench.new Context("trial 5 of")));
        assertEquals(5, find(cut).trials().size(), "the settings in use and four trials");
        bench.shop.add(new Shop.Deed(9_000, "c1", "tea1", Interaction.Type.PURCHASE));
        bench.restart();
        rows.clear();
        Map<String, Object> result = run(cut, bench.new Context());
        assertEquals(find(whole).trials().stream().map(trial -> List.of(trial.settings(), trial.share(), trial.score())).toList(),
                find(cut).trials().stream().map(trial -> List.of(trial.settings(), trial.share(), trial.score())).toList());
        assertEquals(expected.get("settings"), result.get("settings"));
        assertEquals(result, run(cut, bench.new Context()), "what has ended is not done again");
    }

    @Test
    void halvingLearnsFromTheLatestPartFirst() throws Exception {
        open();
        String job = start(terms(Strategy.HALVING, 13, false, off()));
        run(job, bench.new Context());
        assertEquals(384L, rows.get(0));
        assertTrue(rows.get(1) < 60 && rows.get(9) < 60, rows.toString());
        assertTrue(rows.get(10) > 100 && rows.get(12) < 150, rows.toString());
        assertEquals(384L, rows.get(13));
        assertEquals(List.of(1.0 / 9, 1.0 / 3, 1.0), find(job).trials().stream().skip(1).map(Trial::share).distinct().toList());
    }

    @Test
    void trialsThatFailAreNotedAndTheSearchGoesOn() throws Exception {
        open();
        String job = start(terms(Strategy.GRID, 4, false, off(), new SettingRange("count", null, null, List.of(10L, 950L))));
        Map<String, Object> result = run(job, bench.new Context());
        assertEquals(2L, result.get("failed"));
        Trial failed = find(job).trials().stream().filter(Trial::failed).findFirst().orElseThrow();
        assertEquals("Plugin com.acme.shelf failed at training for store berlin: java.lang.IllegalStateException: too many", failed.error());
        KontorException refused = assertThrows(KontorException.class,
                () -> bench.searches(jobs).apply(STORE, job, failed.number(), ANNA));
        assertEquals("Trial " + failed.number() + " failed, so its settings are not used.", refused.getMessage());
        assertThrows(NoSuchElementException.class, () -> bench.searches(jobs).apply(STORE, job, 99, ANNA));
        assertThrows(NoSuchElementException.class, () -> bench.searches(jobs).apply("munich", job, 1, ANNA));
    }

    @Test
    void aSearchOfWhichAllTrialsFailFailsWithTheirReason() throws Exception {
        open();
        String job = start(terms(Strategy.RANDOM, 3, false, new SettingRange("count", 901.0, 1000.0, List.of())));
        KontorException failed = assertThrows(KontorException.class, () -> run(job, bench.new Context()));
        assertTrue(failed.getMessage().startsWith("All 3 trials failed; the first one: Plugin com.acme.shelf failed at training"),
                failed.getMessage());
    }

    @Test
    void theTimeEndsATrialAndTheBestSoFarIsJudged() throws Exception {
        open();
        String job = start(new Terms(Strategy.GRID, 4, 1, 5,
                List.of(off(), new SettingRange("mode", null, null, List.of("bad", "good"))), false));
        Map<String, Object> result = run(job, bench.new Context());
        assertTrue((int) result.get("trials") < 4, result.toString());
        assertTrue(bench.log.contains("The time for trials is over."), bench.log.toString());
        assertFalse(find(job).outcome().reason().isEmpty());
    }

    @Test
    void theSettingsInUseWinWhenNothingIsBetter() throws Exception {
        open();
        bench.plugins.enable(STORE, Workbench.SHELF, Map.of("off", GOOD), null);
        String job = start(terms(Strategy.GRID, 3, true, off()));
        Map<String, Object> result = run(job, bench.new Context());
        assertEquals(0, result.get("trial"));
        assertEquals("None of 3 trials was better than the settings in use.", result.get("reason"));
        assertEquals(false, result.get("applied"));
    }

    @Test
    void wrongTermsAreRefusedByNameAndNothingBegins() {
        open();
        refused("trials", terms(Strategy.TPE, 0, false));
        refused("seconds", new Terms(Strategy.TPE, 3, 0, 1, List.of(), false));
        refused("trials", terms(Strategy.GRID, 7, false));
        refused("settings.none", terms(Strategy.TPE, 3, false, new SettingRange("none", 1.0, 2.0, List.of())));
        refused("settings.key", terms(Strategy.TPE, 3, false, new SettingRange("key", null, null, List.of("a", "b"))));
        refused("settings.open", terms(Strategy.TPE, 3, false, new SettingRange("open", 1.0, null, List.of())));
        refused("settings.off", terms(Strategy.TPE, 3, false, new SettingRange("off", 0.5, 2.0, List.of())));
        refused("settings.off", terms(Strategy.TPE, 3, false, new SettingRange("off", 0.5, 0.5, List.of())));
        refused("settings.off", terms(Strategy.TPE, 3, false, off(), off()));
        refused("settings.off", terms(Strategy.TPE, 3, false, new SettingRange("off", null, null, List.of(0.5, 0.5))));
        refused("settings.off", terms(Strategy.TPE, 3, false, new SettingRange("off", 0.1, null, List.of(0.5, 0.6))));
        refused("settings.count", terms(Strategy.TPE, 3, false, new SettingRange("count", 1.5, null, List.of())));
        refused("settings.fast", terms(Strategy.TPE, 3, false, new SettingRange("fast", 0.0, 1.0, List.of())));
        refused("settings.mode", terms(Strategy.TPE, 3, false, new SettingRange("mode", null, null, List.of("good", "ugly"))));
        assertEquals(List.of(), jobs.requests);
        assertThrows(NoSuchElementException.class,
                () -> bench.searches(jobs).start(STORE, "com.acme.none", terms(Strategy.TPE, 3, false), ANNA));
    }

    private void refused(String field, Terms terms) {
        SearchRefusedException refused = assertThrows(SearchRefusedException.class, () -> start(terms));
        assertEquals(field, refused.field(), refused.getMessage());
    }

    @Test
    void withoutRangesAllSettingsWithBoundsOrOptionsAreSearchedOver() {
        open();
        assertEquals(List.of("off", "count", "fast", "mode"), find(start(terms(Strategy.TPE, 3, false))).terms().ranges().stream()
                .map(SettingRange::name).toList());
    }

    @Test
    void tooLittleDataIsToldInOneSentence() {
        bench = new Workbench(FreshDatabase.h2(folder), folder, Shop.ofTwoTastes(12));
        bench.plugins.describe(new TunableSchema());
        bench.plugins.enable(Workbench.SHELF, false, Map.of("off", 0.0), Tunable::new);
        String job = start(terms(Strategy.TPE, 3, false, off()));
        KontorException failed = assertThrows(KontorException.class, () -> run(job, bench.new Context()));
        assertEquals(KontorException.Kind.DATA, failed.kind());
        assertTrue(failed.getMessage().startsWith("There is too little data to search:"), failed.getMessage());
    }

    @Test
    void searchesGoWithTheirStoreAndOldOnesMakeRoom() throws Exception {
        open();
        String first = start(terms(Strategy.RANDOM, 1, false, off()));
        run(first, bench.new Context());
        for (int i = 0; i < SearchTable.KEPT; i++) {
            start(terms(Strategy.RANDOM, 1, false, off()));
        }
        assertEquals(SearchTable.KEPT, bench.searches(jobs).list(STORE, Workbench.SHELF).size());
        assertEquals(Optional.empty(), bench.searches(jobs).find(STORE, first));
        bench.searches(jobs).deleted(Shop.STORE);
        assertEquals(List.of(), bench.searches(jobs).list(STORE, Workbench.SHELF));
    }
}
