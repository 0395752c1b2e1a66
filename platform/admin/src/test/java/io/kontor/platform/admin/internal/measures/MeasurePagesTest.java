package io.kontor.platform.admin.internal.measures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.bandit.OffPolicyEstimate;
import io.kontor.api.metric.Interval;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Learning;
import io.kontor.platform.decisions.Measures;
import io.kontor.platform.decisions.Measures.Estimate;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementReadiness;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.ActivePlugins;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What recommendations and experiments led to, in words. */
class MeasurePagesTest {

    private static final Map<String, String> E1 = Map.of("experiment", "e1");
    private static final String LIST = "/stores/{store}/experiments";
    private static final Estimate SHARE = new Estimate(0.25, new Interval(0.2, 0.3, 0.95));
    private static final Estimate MONEY = new Estimate(120, new Interval(100, 140, 0.95));

    private final Placement home = new Placement("home", "Home", "home", true, List.of("knn"), null, null, null, null, null, null);
    private final List<Experiment> begun = new ArrayList<>();
    private final Names names = new Names(null, Stub.of(PluginCatalogue.class, Map.of("find", any -> Optional.empty())));

    private static Experiment experiment() {
        return new Experiment("e1", "Which one", "home", List.of(new Experiment.Variant("a", "Old", 1.0, null),
                new Experiment.Variant("b", "New", 1.0, new Placement(null, null, null, null, List.of("trend"), null, null, null, null, null,
                        null))), 14, 100, Instant.EPOCH, "anna", null, null);
    }

    private static Experiments.Results results(Experiments.Verdict verdict) {
        boolean broken = verdict == Experiments.Verdict.BROKEN;
        Experiments.Adjusted adjusted = new Experiments.Adjusted(380, 0.045, new Interval(0.03, 0.06, 0.95), new Interval(0.02, 0.07, 0.95),
                0.002, 0.25);
        Experiments.Comparison more = new Experiments.Comparison(Experiments.Measure.BUYERS, 0.05, new Interval(0.03, 0.07, 0.95), 0.0001,
                new Interval(0.01, 0.09, 0.95), 0.01, Optional.of(adjusted));
        Experiments.Comparison unknown = new Experiments.Comparison(Experiments.Measure.REVENUE, -1, new Interval(-3, 1, 0.95), 0.3,
                new Interval(-5, 3, 0.95), 0.8, Optional.empty());
        return new Experiments.Results(experiment(), List.of(
                new Experiments.Standing("a", "Old", 0.5, 200, 900, 800, SHARE, SHARE, SHARE, MONEY, List.of()),
                new Experiments.Standing("b", "New", 0.5, 210, 910, 810, SHARE, SHARE, SHARE, MONEY, List.of(more, unknown))),
                broken ? 1e-9 : 0.62, broken, 15.2, true, verdict, verdict == Experiments.Verdict.BETTER ? Optional.of("b") : Optional.empty());
    }

    private ExperimentPages pages(Experiments.Verdict verdict) {
        return new ExperimentPages(Stub.of(Experiments.class, Map.of("list", any -> List.of(experiment()),
                "results", any -> Optional.of(results(verdict)), "put", any -> {
                    begun.add((Experiment) any[1]);
                    return any[1];
                }, "finish", any -> experiment().finished(Instant.EPOCH, "b"), "delete", any -> true)),
                Stub.of(Placements.class, Map.of("list", any -> List.of(home), "find", any -> Optional.of(home))),
                Stub.of(ActivePlugins.class, Map.of("instances", any -> List.of())), names);
    }

    @Test
    void showsWhatListsLedToWithHowSureItIs() throws IOException {
        Map<Measures.By, String> called = Map.of(Measures.By.DAY, "2026-03-01", Measures.By.VARIANT, "e1/b", Measures.By.PLACEMENT, "home",
                Measures.By.STRATEGY, "knn", Measures.By.ALL, "");
        MeasurePages pages = new MeasurePages(Stub.of(Measures.class, Map.of("of", any -> List.of(new Measures.Row(
                called.get((Measures.By) any[4]), 1000, 800, 800, 210, SHARE, 50, 30, SHARE, MONEY, 5, MONEY)))),
                Stub.of(Placements.class, Map.of("find", any -> Optional.of(home))), names);
        MeasuresView view = Called.view(Called.page(pages, Role.ANALYST, "GET", "/stores/{store}/measures", Map.of()), 200,
                MeasuresView.class);
        assertEquals("25%", view.figures().get(1).value());
        assertEquals("of the lists that were seen", view.figures().get(1).note());
        assertEquals("€120.00", view.figures().get(3).value());
        assertEquals("20% to 30%", view.tables().get(0).rows().get(0).cells().get(3).range());
        assertEquals("/admin/stores/shop/measures/home", view.tables().get(0).rows().get(0).href());
        assertEquals("", view.tables().get(1).rows().get(0).href());
        assertEquals("/admin/stores/shop/experiments/e1", view.tables().get(2).rows().get(0).href());
        assertEquals(2, view.charts().size());
        assertEquals(25, view.charts().get(0).series().get(2).values()[0], 1e-9);
        MeasurePages none = new MeasurePages(Stub.of(Measures.class, Map.of("of", any -> List.of())),
                Stub.of(Placements.class, Map.of()), names);
        assertTrue(Called.view(Called.page(none, Role.ANALYST, "GET", "/stores/{store}/measures", Map.of(), "from", "nonsense"), 200,
                MeasuresView.class).figures().isEmpty());
    }

    @Test
    void saysOfWhichListsAShareIsWhenTheShopTellsOfSomeOnlyThatTheyWereSeen() throws IOException {
        MeasurePages pages = new MeasurePages(Stub.of(Measures.class, Map.of("of", any -> any[4] == Measures.By.DAY
                || any[4] == Measures.By.VARIANT ? List.of() : List.of(new Measures.Row("catalogue", 1000, 100, 900, 210, SHARE, 50, 30, SHARE,
                MONEY, 1, MONEY)))), Stub.of(Placements.class, Map.of("find", any -> Optional.empty())), names);
        MeasuresView view = Called.view(Called.page(pages, Role.ANALYST, "GET", "/stores/{store}/measures", Map.of()), 200,
                MeasuresView.class);
        assertEquals("of the lists that were seen, and of all where the shop does not tell", view.figures().get(1).note());
        assertEquals("One purchase of products that had been shown", view.figures().get(4).note());
        assertEquals("Catalogue", view.tables().get(1).rows().get(0).name());
    }

    @Test
    void showsForWhomAPlacementIsReadyAndWhatItLearned() throws IOException {
        OffPolicyEstimate value = new OffPolicyEstimate(0.25, 0.02, new Interval(0.2, 0.3, 0.95), 300, 4, 0);
        Placement learning = home.with(List.of("knn", "popular"), "linucb");
        PlacementStandingPages pages = new PlacementStandingPages(Stub.of(Placements.class, Map.of("find", any -> Optional.of(learning))),
                Stub.of(PlacementReadiness.class, Map.of("of", any -> new PlacementReadiness.Ready(
                        new PlacementReadiness.Served(200, 150, 30, 20, 0.9, new Interval(0.85, 0.94, 0.95)),
                        new PlacementReadiness.Served(0, 0, 0, 0, Double.NaN, new Interval(Double.NaN, Double.NaN, 0.95))))),
                Stub.of(Learning.class, Map.of("of", any -> new Learning.Standing("linucb", 0.1, 900, 0.24, value, List.of(
                        new Learning.Arm("knn", 700, 0.3, value, value, value), new Learning.Arm("popular", 200, 0.1, value, value, value))))),
                Stub.of(DecisionLog.class, Map.of("awaitWritten", any -> null)), names);
        PlacementStandingView view = Called.view(Called.page(pages, Role.ANALYST, "GET", "/stores/{store}/measures/{placement}",
                Map.of("placement", "home")), 200, PlacementStandingView.class);
        assertEquals("90%", view.ready().get(0).share().value());
        assertEquals("good", view.ready().get(0).tone());
        assertEquals("–", view.ready().get(1).share().value());
        PlacementStandingView.Learned learned = view.learned().orElseThrow();
        assertTrue(learned.how().contains("The latest 900 choices earned 24%"), learned.how());
        assertEquals("20% to 30%", learned.arms().get(0).value().range());
        assertEquals(2, learned.chart().x().length);
    }

    @Test
    void saysWhichVariantIsBetterAndHowSureThatIs() throws IOException {
        ExperimentView view = Called.view(Called.page(pages(Experiments.Verdict.BETTER), Role.ANALYST, "GET", LIST + "/{experiment}", E1), 200,
                ExperimentView.class);
        assertEquals("The variant New is better. It may become the placement.", view.alert());
        assertEquals("good", view.tone());
        assertEquals("As it is", view.variants().get(0).strategies());
        assertEquals("trend", view.variants().get(1).strategies());
        assertEquals("+5 points", view.comparisons().get(0).difference().value());
        assertEquals("+1 points to +9 points", view.comparisons().get(0).difference().range());
        assertEquals("More", view.comparisons().get(0).verdict());
        assertEquals("+4.5 points", view.comparisons().get(0).adjusted().value());
        assertEquals("+2 points to +7 points", view.comparisons().get(0).adjusted().range());
        assertEquals("25% narrower", view.comparisons().get(0).narrower());
        assertEquals("", view.comparisons().get(1).narrower());
        assertEquals("Not known", view.comparisons().get(1).verdict());
        assertEquals("-€1.00", view.comparisons().get(1).difference().value());
    }

    @Test
    void saysLoudlyThatAnAssignmentIsBroken() throws IOException {
        ExperimentView view = Called.view(Called.page(pages(Experiments.Verdict.BROKEN), Role.ANALYST, "GET", LIST + "/{experiment}", E1), 200,
                ExperimentView.class);
        assertEquals("bad", view.tone());
        assertTrue(view.alert().startsWith("The variants do not get the shares"), view.alert());
        assertEquals("no (probability below 0.001)", view.facts().get(3).value());
        ExperimentListView list = Called.view(Called.page(pages(Experiments.Verdict.BROKEN), Role.ANALYST, "GET", LIST, Map.of()), 200,
                ExperimentListView.class);
        assertEquals("Broken", list.lines().get(0).verdict());
    }

    @Test
    void beginsWhatTheFormSays() throws IOException {
        Answer answer = Called.page(pages(Experiments.Verdict.TOO_EARLY), Role.OPERATOR, "POST", LIST, Map.of(), "title", "Été: more!",
                "placement", "home", "strategies", "popular", "learning", "", "percent", "30", "minDays", "7");
        assertEquals("/stores/shop/experiments/ete-more", ((Answer.Redirect) answer).path());
        Experiment experiment = begun.get(0);
        assertEquals(List.of("popular"), experiment.variants().get(1).definition().strategies());
        assertEquals(30, experiment.variants().get(1).share());
        assertEquals(7, experiment.minDays());
        Called.page(pages(Experiments.Verdict.TOO_EARLY), Role.OPERATOR, "POST", LIST, Map.of(), "title", "x", "placement", "home",
                "strategies", "popular", "like", "home", "percent", "30", "minDays", "7");
        assertEquals(List.of("as-it-is 70.0", "tried 15.0", "home 15.0"), begun.get(1).variants().stream()
                .map(variant -> variant.id() + " " + variant.share()).toList());
        assertEquals(home, begun.get(1).variants().get(2).definition(), "with its rules");
        Called.page(pages(Experiments.Verdict.TOO_EARLY), Role.OPERATOR, "POST", LIST, Map.of(), "title", "x", "placement", "home",
                "like", "home", "percent", "30", "minDays", "7");
        assertEquals(2, begun.get(2).variants().size(), "no other strategies were asked for");
        ExperimentListView wrong = Called.view(Called.page(pages(Experiments.Verdict.TOO_EARLY), Role.OPERATOR, "POST", LIST, Map.of(),
                "title", "x", "placement", "home", "percent", "many", "minDays", "7"), 422, ExperimentListView.class);
        assertEquals(List.of("Share and days must be numbers."), wrong.faults());
    }

    @Test
    void saysWhatIsWrongWithAForm() throws IOException {
        FormRefusedException refusal = new FormRefusedException(List.of(new FormRefusedException.Fault("variants[1].definition.learning", "x"),
                new FormRefusedException.Fault("variants", "y")));
        Experiments refusing = (Experiments) Proxy.newProxyInstance(Experiments.class.getClassLoader(),
                new Class<?>[] {Experiments.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("put")) {
                        throw refusal;
                    }
                    return List.of();
                });
        ExperimentPages pages = new ExperimentPages(refusing, Stub.of(Placements.class, Map.of("list", any -> List.of(home),
                "find", any -> Optional.of(home))), Stub.of(ActivePlugins.class, Map.of("instances", any -> List.of())), names);
        ExperimentListView view = Called.view(Called.page(pages, Role.OPERATOR, "POST", LIST, Map.of(), "title", "x", "placement", "home",
                "percent", "50", "minDays", "7"), 422, ExperimentListView.class);
        assertEquals(1, view.faults().size(), "once for all of the variants");
        assertFalse(view.faults().get(0).contains("["), view.faults().get(0));
    }
}
