package io.kontor.platform.monitoring.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.decisions.DecisionSamples.Sample;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.monitoring.Finding.State;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.monitoring.MonitoringPolicy;
import io.kontor.platform.monitoring.Problem;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Problems from their opening to their end, and the training that follows. */
class MonitoringJobTest {

    private static final double[] MOVED = {10, 20, 270, 0, 0};
    private static final double[] AS_EVER = {100, 100, 100, 0, 0};
    private static final MonitoringPolicy RETRAINING = new MonitoringPolicy(0.25, 0.01, 50, 20, true, 72);

    private static List<Problem> open(Bench bench) {
        return bench.stored().problems(Bench.STORE, null, false, Long.MAX_VALUE, 10);
    }

    private static State state(Bench bench, Kind kind) {
        return bench.stored().looks(Bench.STORE, Bench.PLUGIN, 1).get(0).findings().stream().filter(one -> one.kind() == kind).findFirst()
                .map(Finding::state).orElseThrow();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aProblemIsOpenedOnceNamedAndClosedWhenItIsGone(FreshDatabase fresh) {
        try (Bench bench = new Bench(fresh)) {
            bench.look();
            assertEquals(List.of(), open(bench));
            bench.amounts = MOVED;
            bench.now = bench.now.plus(Duration.ofDays(1));
            Instant since = bench.now;
            assertEquals(1, bench.look().get("opened"));
            bench.now = bench.now.plus(Duration.ofDays(1));
            assertEquals(0, bench.look().get("opened"));
            Problem problem = open(bench).get(0);
            assertEquals(1, open(bench).size());
            assertEquals(Kind.INPUT, problem.kind());
            assertEquals("transactions.amount", problem.what());
            assertEquals(since, problem.openedAt());
            assertEquals(bench.now, problem.seenAt());
            assertTrue(problem.figures().get("psi") > 0.25, problem.figures().toString());
            assertEquals(Problem.State.ACKNOWLEDGED, bench.stored().acknowledge(Bench.STORE, problem.id(), "anna", "A sale.")
                    .orElseThrow().state());
            bench.amounts = AS_EVER;
            bench.look();
            assertEquals(List.of(), open(bench));
            Problem closed = bench.stored().problems(Bench.STORE, Bench.PLUGIN, true, Long.MAX_VALUE, 10).get(0);
            assertEquals(Problem.Cause.GONE, closed.closedBy());
            assertEquals("A sale.", closed.note());
            bench.amounts = MOVED;
            assertEquals(1, bench.look().get("opened"), "it comes back as another one");
            assertEquals(List.of(new Monitoring.Count(Bench.PLUGIN, Kind.INPUT, 1)), bench.stored().counts());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aNewChampionClosesTheProblemsOfTheOldOne(FreshDatabase fresh) {
        try (Bench bench = new Bench(fresh)) {
            bench.amounts = MOVED;
            bench.look();
            bench.champion = "m2";
            assertEquals(List.of(), bench.stored().counts());
            assertEquals(List.of(), open(bench));
            Problem closed = bench.stored().problems(Bench.STORE, null, true, Long.MAX_VALUE, 10).get(0);
            assertEquals(Problem.Cause.NEW_MODEL, closed.closedBy());
            assertNotNull(closed.closedAt());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void twoNodesOpenOneProblemAndStartOneTraining(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            bench.stored().policy(Bench.STORE, Bench.PLUGIN, RETRAINING);
            bench.amounts = MOVED;
            CyclicBarrier together = new CyclicBarrier(2);
            ExecutorService nodes = Executors.newFixedThreadPool(2);
            try {
                List<Future<Map<String, Object>>> looks = new ArrayList<>();
                for (int node = 0; node < 2; node++) {
                    looks.add(nodes.submit(() -> {
                        together.await();
                        return bench.look();
                    }));
                }
                for (Future<Map<String, Object>> look : looks) {
                    assertNotNull(look.get());
                }
            } finally {
                nodes.shutdown();
            }
            assertEquals(1, open(bench).size());
            assertEquals(1, bench.submitted.size(), bench.log.toString());
            assertEquals("train", bench.submitted.get(0).type());
            bench.now = bench.now.plus(Duration.ofHours(71));
            bench.look();
            assertEquals(1, bench.submitted.size(), "it cools down");
            bench.now = bench.now.plus(Duration.ofHours(2));
            bench.look();
            assertEquals(2, bench.submitted.size());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void noTrainingIsStartedBesideAnotherNorForWhatSomebodyKnowsNorWhenNobodyWantsIt(FreshDatabase fresh) {
        try (Bench bench = new Bench(fresh)) {
            bench.amounts = MOVED;
            bench.look();
            assertEquals(List.of(), bench.submitted);
            bench.stored().policy(Bench.STORE, Bench.PLUGIN, RETRAINING);
            bench.running.add(new Job("j", "train", Bench.STORE, Bench.PLUGIN, Job.State.RUNNING, 0, "", bench.now, bench.now, null, null, null,
                    Starter.SYSTEM));
            bench.look();
            assertEquals(List.of(), bench.submitted);
            bench.running.clear();
            bench.stored().acknowledge(Bench.STORE, open(bench).get(0).id(), "anna", "");
            bench.look();
            assertEquals(List.of(), bench.submitted);
            assertNull(open(bench).get(0).note());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void qualityThatDecaysIsFoundAndAPluginThatFailsStopsNothingElse(FreshDatabase fresh) {
        try (Bench bench = new Bench(fresh)) {
            bench.since = Bench.evaluation(0.78);
            bench.look();
            assertEquals(State.WELL, state(bench, Kind.QUALITY));
            bench.since = Bench.evaluation(0.5);
            bench.look();
            assertEquals(State.PROBLEM, state(bench, Kind.QUALITY));
            Problem problem = open(bench).get(0);
            assertEquals("ap", problem.what());
            assertEquals(0.8, problem.figures().get("then"));
            assertEquals(0.5, problem.figures().get("now"));
            bench.failing = true;
            bench.amounts = MOVED;
            bench.look();
            assertEquals(State.FAILED, state(bench, Kind.QUALITY));
            assertEquals(List.of("The ap could not be looked at: The plugin broke."), bench.log);
            assertEquals(2, open(bench).size(), "what is not known to be gone stays, and the rest is found");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aChampionThatIsClearlyWorseThanTheOneBeforeIsSentBackOnce(FreshDatabase fresh) {
        try (Bench bench = new Bench(fresh)) {
            assertFalse(bench.look().containsKey("wentBack"), "there is none to go back to");
            bench.champion = "m2";
            bench.previous = "m1";
            assertEquals(false, bench.look().get("wentBack"), "too little came since");
            bench.beside = new ModelChecks.Beside("mase", 0.9, 0.8, 60, false);
            assertEquals(false, bench.look().get("wentBack"), "worse, but within the noise");
            bench.failing = true;
            assertEquals(false, bench.look().get("wentBack"));
            assertTrue(bench.log.contains("The champion could not be compared with the one before: The plugin broke."), bench.log.toString());
            bench.failing = false;
            bench.beside = new ModelChecks.Beside("mase", 1.2, 0.8, 60, true);
            assertEquals(true, bench.look().get("wentBack"));
            assertEquals("m1", bench.champion);
            assertEquals(List.of(new AliasChange.Author("monitoring", AliasChange.Cause.QUALITY, "On what came since its training it is clearly"
                    + " worse than the champion before: mase 1.2000 against 0.8000 on 60 cases.")), bench.sentBack);
            assertFalse(bench.look().containsKey("wentBack"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void scoresThatChangeWhileTheRecordsStayAreFound(FreshDatabase fresh) {
        try (Bench bench = new Bench(fresh)) {
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                samples.add(new Sample(bench.now.minus(Duration.ofMinutes(i + 1)), Optional.of("m1"), 5 + 10 * (i % 3), false));
            }
            bench.samples = samples;
            bench.look();
            assertEquals(State.WELL, state(bench, Kind.PREDICTION));
            bench.samples = samples.stream().map(one -> new Sample(one.time(), one.model(), 25, false)).toList();
            bench.look();
            assertEquals(State.PROBLEM, state(bench, Kind.PREDICTION));
            assertEquals(List.of("predictions"), open(bench).stream().map(Problem::what).toList());
            bench.samples = bench.samples.stream().map(one -> new Sample(one.time(), Optional.of("m7"), 25, false)).toList();
            bench.look();
            assertEquals(State.TOO_LITTLE, state(bench, Kind.PREDICTION), "another model gave those");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void feedbackThatStopsIsFoundAndStartsNoTraining(FreshDatabase fresh) {
        try (Bench bench = new Bench(fresh)) {
            bench.family = "recommend";
            bench.stored().policy(Bench.STORE, Bench.PLUGIN, RETRAINING);
            List<Sample> samples = new ArrayList<>();
            for (int hour = 0; hour < 36 * 24; hour++) {
                for (int i = 0; i < 5; i++) {
                    samples.add(new Sample(bench.now.minus(Duration.ofHours(hour + 1)), Optional.of("m1"), 10, hour > 8 * 24 && i == 0));
                }
            }
            bench.samples = samples;
            bench.look();
            assertEquals(List.of("outcomes"), open(bench).stream().map(Problem::what).toList());
            assertEquals(0.2, open(bench).get(0).figures().get("shareBefore"), 0.01);
            assertEquals(List.of(), bench.submitted, "there would be nothing new to learn from");
        }
    }
}
