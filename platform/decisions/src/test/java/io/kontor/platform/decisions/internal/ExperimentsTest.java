package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class ExperimentsTest {

    private static final double[] NO_CONTEXT = new double[VisitContext.FEATURES];

    private static Experiment experiment(String id, Double other, int minDays) {
        return new Experiment(id, "Which one", "home", List.of(new Experiment.Variant("now", null, 1.0, null),
                new Experiment.Variant("new", "The new one", other, Counter.home(null, "knn"))), minDays, 50, null, null, null, null);
    }

    private static List<String> faults(FormRefusedException e) {
        return e.faults().stream().map(FormRefusedException.Fault::field).toList();
    }

    /** Customers come; those of the new variant buy more. */
    private static void visit(Counter shop, int customers, double more, double leftOut) {
        SplittableRandom random = new SplittableRandom(7);
        for (int c = 0; c < customers; c++) {
            PlacementChoice.Chosen chosen = shop.choose("~" + c, NO_CONTEXT);
            boolean tried = chosen.tried().orElseThrow().variant().equals("new");
            if (tried || random.nextDouble() >= leftOut) {
                shop.answered(chosen, "c" + c, random.nextDouble() < 0.4 ? 1 : 0, random.nextDouble() < 0.2 + (tried ? more : 0) ? 10 : 0);
            }
        }
        shop.tell();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void everybodySeesTheSameVariantOnEveryServer(FreshDatabase fresh) throws FormRefusedException {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home(null));
            assertEquals(Optional.empty(), shop.choose("~a", NO_CONTEXT).tried(), "nothing is tried");
            shop.experiments.put("berlin", experiment("e1", 3.0, 0), "anna");
            Counter other = new Counter(shop.database);
            Map<String, Integer> seen = new HashMap<>();
            Map<String, String> of = new HashMap<>();
            for (int c = 0; c < 8_000; c++) {
                String variant = shop.choose("~" + c, NO_CONTEXT).tried().orElseThrow().variant();
                of.put("~" + c, variant);
                seen.merge(variant, 1, Integer::sum);
                assertEquals(variant, other.choose("~" + c, NO_CONTEXT).tried().orElseThrow().variant());
            }
            assertEquals(6_000, seen.get("new"), 160, "three of four, within four standard errors");
            other.log.stop();
            assertTrue(shop.experiments.delete("berlin", "e1"));
            shop.experiments.put("berlin", experiment("e2", 3.0, 0), "anna");
            long same = of.entrySet().stream().filter(one -> shop.choose(one.getKey(), NO_CONTEXT).tried().orElseThrow().variant()
                    .equals(one.getValue())).count();
            assertEquals(8_000 * (0.75 * 0.75 + 0.25 * 0.25), same, 180, "another experiment draws anew");
            PlacementChoice.Chosen stranger = shop.choice.choose("berlin", "home", Optional.empty(), () -> NO_CONTEXT).orElseThrow();
            String strangers = stranger.tried().orElseThrow().variant();
            assertTrue(List.of("now", "new").contains(strangers));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void findsTheBetterVariantAndMakesItThePlacement(FreshDatabase fresh) throws FormRefusedException {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home(null));
            shop.experiments.put("berlin", experiment("e1", 1.0, 0), "anna");
            visit(shop, 3_000, 0.12, 0);
            Experiments.Results results = shop.experiments.results("berlin", "e1").orElseThrow();
            Experiments.Standing tried = results.variants().get(1);
            assertFalse(results.sharesBroken(), results.toString());
            assertTrue(results.sharesProbability() > 0.001);
            assertEquals(3_000, results.variants().get(0).units() + tried.units());
            assertEquals(0.32, tried.buyers().value(), 0.04);
            assertTrue(tried.buyers().interval().contains(tried.buyers().value()));
            assertEquals(3.2, tried.revenue().value(), 0.4, "ten for each who bought");
            assertEquals(0.4, tried.clickThrough().value(), 0.05);
            assertEquals(Experiments.Verdict.BETTER, results.verdict(), results.toString());
            assertEquals(Optional.of("new"), results.best());
            Experiments.Comparison buyers = tried.comparisons().get(1);
            assertTrue(buyers.evidence() > buyers.pValue(), "what is valid at every look is less sure");
            assertTrue(buyers.anytime().low() > 0 && buyers.anytime().low() < buyers.interval().low());
            assertEquals(0, tried.comparisons().get(0).sign(), "as many click");
            Experiment ended = shop.experiments.finish("berlin", "e1", Optional.of("new"), "bo");
            assertEquals("new", ended.winner());
            assertEquals(List.of("knn"), shop.placements.find("berlin", "home").orElseThrow().strategies());
            assertEquals("Home", shop.placements.find("berlin", "home").orElseThrow().title());
            assertEquals(Optional.empty(), shop.choose("~1", NO_CONTEXT).tried());
            assertEquals(List.of("id"), faults(assertThrows(FormRefusedException.class,
                    () -> shop.experiments.finish("berlin", "e1", Optional.empty(), "bo"))));
            assertEquals(3_000, shop.experiments.results("berlin", "e1").orElseThrow().variants().stream()
                    .mapToLong(Experiments.Standing::units).sum(), "what was found is kept");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void takesOffWhatCustomersHadBoughtBefore(FreshDatabase fresh) throws FormRefusedException {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home(null));
            shop.experiments.put("berlin", experiment("e1", 1.0, 0), "anna");
            SplittableRandom random = new SplittableRandom(11);
            for (int c = 0; c < 1_000; c++) {
                boolean known = c % 4 > 0;
                double buys = c % 3 == 0 ? 30 : 0;
                if (known && buys > 0) {
                    shop.market.ordered("o" + c, Instant.now().minusSeconds(3_600), "c" + c, "p1", 25 + random.nextInt(10), 1);
                    shop.market.ordered("l" + c, Instant.now().minusSeconds(91 * 86_400L), "c" + c, "p1", 1_000, 1);
                    shop.market.ordered("n" + c, Instant.now().plusSeconds(60), "c" + c, "p1", 1_000, 1);
                }
                shop.answered(shop.choose("~" + c, NO_CONTEXT), known ? "c" + c : "", 0, buys);
            }
            shop.tell();
            Experiments.Standing tried = shop.experiments.results("berlin", "e1").orElseThrow().variants().get(1);
            assertEquals(Optional.empty(), tried.comparisons().get(0).adjusted(), "of clicks nothing is known before");
            for (int measure = 1; measure <= 2; measure++) {
                Experiments.Comparison plain = tried.comparisons().get(measure);
                Experiments.Adjusted adjusted = plain.adjusted().orElseThrow();
                assertEquals(750, adjusted.customers());
                assertTrue(adjusted.narrower() > 0.3 && adjusted.narrower() < 0.8, adjusted.toString());
                assertTrue(adjusted.anytime().contains(0) && adjusted.interval().high() < adjusted.anytime().high());
                assertEquals(plain.anytime().level(), adjusted.anytime().level());
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void saysWhenItIsTooEarlyOrNothingOrBroken(FreshDatabase fresh) throws FormRefusedException {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home(null));
            shop.experiments.put("berlin", experiment("e1", 1.0, 7), "anna");
            visit(shop, 600, 0, 0);
            assertEquals(Experiments.Verdict.TOO_EARLY, shop.experiments.results("berlin", "e1").orElseThrow().verdict());
            Experiment shorter = shop.experiments.put("berlin", experiment("e1", 1.0, 0), "bo");
            assertEquals("anna", shorter.startedBy());
            assertEquals(Experiments.Verdict.NO_DIFFERENCE, shop.experiments.results("berlin", "e1").orElseThrow().verdict());
            shop.experiments.finish("berlin", "e1", Optional.empty(), "bo");
            shop.experiments.put("berlin", experiment("e2", 1.0, 0), "anna");
            visit(shop, 2_000, 0.3, 0.25);
            Experiments.Results broken = shop.experiments.results("berlin", "e2").orElseThrow();
            assertTrue(broken.sharesBroken(), "a quarter of the first variant got lost: " + broken);
            assertEquals(Experiments.Verdict.BROKEN, broken.verdict());
            assertEquals(Optional.empty(), broken.best(), "however much better it looks");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void refusesWhatCannotBeTried(FreshDatabase fresh) throws FormRefusedException {
        try (Counter shop = new Counter(fresh)) {
            assertEquals(List.of("placement"), faults(assertThrows(FormRefusedException.class,
                    () -> shop.experiments.put("berlin", experiment("e1", 1.0, 0), "anna"))));
            shop.put(Counter.home(null));
            shop.experiments.put("berlin", experiment("e1", 1.0, 0), "anna");
            assertEquals(List.of("placement"), faults(assertThrows(FormRefusedException.class,
                    () -> shop.experiments.put("berlin", experiment("e2", 1.0, 0), "anna"))), "one at a time");
            assertEquals(List.of("variants"), faults(assertThrows(FormRefusedException.class,
                    () -> shop.experiments.put("berlin", experiment("e1", 2.0, 0), "anna"))), "what was counted would be about others");
            Experiment bad = new Experiment("E", null, "home", List.of(new Experiment.Variant("a", null, 0.0, null),
                    new Experiment.Variant("a", null, null, Counter.home("linucb", "knn"))), -1, 0, null, null, null, null);
            assertEquals(List.of("id", "minDays", "minUnits", "variants[0].share", "variants[1].id", "variants[1].definition.learning"),
                    faults(assertThrows(FormRefusedException.class, () -> shop.experiments.put("berlin", bad, "anna"))).stream()
                            .filter(field -> !field.equals("placement")).toList());
            assertEquals(List.of("winner"), faults(assertThrows(FormRefusedException.class,
                    () -> shop.experiments.finish("berlin", "e1", Optional.of("none"), "bo"))));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void forgetsPersonsAndStores(FreshDatabase fresh) throws FormRefusedException {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home(null));
            shop.experiments.put("berlin", experiment("e1", 1.0, 0), "anna");
            shop.answered(shop.choose("~anna", NO_CONTEXT), "anna", 1, 10);
            shop.answered(shop.choose("~ob", NO_CONTEXT), "bo", 0, 0);
            shop.tell();
            List<Map<String, Object>> theirs = shop.database.jdbc(connection -> shop.units.export(connection, "berlin", "bo"));
            assertEquals(1, theirs.size());
            assertEquals(1L, theirs.get(0).get("answers"));
            int erased = shop.database.jdbc((Connection connection) -> shop.units.erase(connection, "berlin", "bo"));
            assertEquals(1, erased);
            assertEquals(1, shop.experiments.results("berlin", "e1").orElseThrow().variants().stream()
                    .mapToLong(Experiments.Standing::units).sum());
            shop.experiments.deleted(shop.market.list().get(0));
            assertEquals(List.of(), shop.experiments.list("berlin"));
        }
    }
}
