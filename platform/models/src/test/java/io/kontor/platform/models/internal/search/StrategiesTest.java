package io.kontor.platform.models.internal.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StrategiesTest {

    private static final int SEEDS = 20;
    private static final int MOST = 150;

    private static double median(Surface surface, double within, LongFunction<Strategy> strategy) {
        double[] trials = LongStream.range(0, SEEDS).mapToDouble(seed -> surface.trials(strategy.apply(seed), within, MOST)).sorted().toArray();
        return (trials[SEEDS / 2 - 1] + trials[SEEDS / 2]) / 2;
    }

    private static void findsFaster(Surface surface, double within, double atMost) {
        double parzen = median(surface, within, seed -> new TreeParzen(surface.space(), seed, List.of()));
        double random = median(surface, within, seed -> new RandomSearch(surface.space(), seed));
        assertTrue(parzen <= atMost && parzen * 2 < random, parzen + " trials against " + random);
    }

    @Test
    void theParzenEstimatorFindsAnOptimumOfBraninInHalfTheTrialsOfChance() {
        findsFaster(Surface.branin(), 0.3, 40);
    }

    @Test
    void theParzenEstimatorComesCloseToTheOptimumOfHartmannInHalfTheTrialsOfChance() {
        findsFaster(Surface.hartmann(), 0.8, 45);
        findsFaster(Surface.hartmann(), 0.3, 75);
    }

    @Test
    void theParzenEstimatorFindsAMixedOptimumInHalfTheTrialsOfChance() {
        findsFaster(Surface.mixed(), 0.25, 50);
    }

    @Test
    void whatIsKnownBeforehandHelpsAndWhatIsOutsideIsPassedOver() {
        Surface surface = Surface.branin();
        List<Observation> known = List.of(new Observation(Map.of("x", 3.1, "y", 2.3), 1, 0.4),
                new Observation(Map.of("x", 99.0, "y", 2.3), 1, 0),
                new Observation(Map.of("y", 2.3), 1, 0));
        double warm = median(surface, 0.3, seed -> new TreeParzen(surface.space(), seed, known));
        assertTrue(warm < median(surface, 0.3, seed -> new TreeParzen(surface.space(), seed, List.of())), warm + " trials");
    }

    @Test
    void aStepDependsOnNothingButSeedAndHistory() {
        Surface surface = Surface.mixed();
        for (Strategy strategy : List.of(new TreeParzen(surface.space(), 7, List.of()), new RandomSearch(surface.space(), 7),
                new GridSearch(surface.space(), 7, 200), new SuccessiveHalving(surface.space(), 7, 60))) {
            List<Observation> history = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Candidate next = strategy.next(history).orElseThrow();
                assertEquals(next, strategy.next(List.copyOf(history)).orElseThrow());
                history.add(new Observation(next.settings(), next.share(), surface.loss().applyAsDouble(next.settings())));
            }
        }
    }

    @Test
    void smallSpacesAreTriedOutWithoutRepetitionAndThenThereIsNoMore() {
        Space small = new Space(List.of(Dimension.choice("method", List.of("a", "b", "c")), Dimension.whole("count", 1, 5)));
        for (Strategy strategy : List.of(new TreeParzen(small, 3, List.of()), new RandomSearch(small, 3), new GridSearch(small, 3, 100))) {
            Set<Map<String, Object>> tried = new HashSet<>();
            List<Observation> history = new ArrayList<>();
            for (Optional<Candidate> next = strategy.next(history); next.isPresent(); next = strategy.next(history)) {
                assertTrue(tried.add(next.get().settings()), next + " is tried twice");
                history.add(new Observation(next.get().settings(), 1, history.size() % 4 == 0 ? Double.NaN : history.size()));
            }
            assertEquals(15, tried.size(), strategy.toString());
        }
    }

    @Test
    void failuresDoNotStopTheEstimatorAndAreAvoided() {
        Space space = new Space(List.of(Dimension.number("x", 0, 1)));
        TreeParzen strategy = new TreeParzen(space, 1, List.of());
        List<Observation> history = new ArrayList<>();
        int failures = 0;
        for (int i = 0; i < 60; i++) {
            Map<String, Object> settings = strategy.next(history).orElseThrow().settings();
            double x = (Double) settings.get("x");
            history.add(new Observation(settings, 1, x > 0.5 ? Double.NaN : Math.abs(x - 0.25)));
            failures += i >= 40 && x > 0.5 ? 1 : 0;
        }
        assertTrue(failures <= 4, failures + " of the last 20");
    }

    @Test
    void aGridFillsTheTrialsWithEvenlySpreadValues() {
        Space space = new Space(List.of(Dimension.number("rate", 0.001, 1), Dimension.whole("count", 1, 3),
                Dimension.choice("fast", List.of(true, false))));
        assertEquals(8, GridSearch.smallest(space));
        GridSearch grid = new GridSearch(space, 5, 29);
        Set<Object> rates = new HashSet<>();
        List<Observation> history = new ArrayList<>();
        for (Optional<Candidate> next = grid.next(history); next.isPresent(); next = grid.next(history)) {
            rates.add(next.get().settings().get("rate"));
            history.add(new Observation(next.get().settings(), 1, 0));
        }
        assertEquals(24, history.size(), "4 rates, 3 counts, 2 switches; a fifth rate would make 30");
        assertEquals(Set.of(0.001, 0.01, 0.1, 1.0), rates);
        assertThrows(IllegalArgumentException.class, () -> new GridSearch(space, 5, 7));
    }

    @Test
    void halvingGoesOnWithTheBestThirdAndThreeTimesTheEffort() {
        Space space = new Space(List.of(Dimension.number("x", 0, 1)));
        SuccessiveHalving strategy = new SuccessiveHalving(space, 2, 13);
        List<Observation> history = new ArrayList<>();
        for (Optional<Candidate> next = strategy.next(history); next.isPresent(); next = strategy.next(history)) {
            double x = (Double) next.get().settings().get("x");
            history.add(new Observation(next.get().settings(), next.get().share(), history.size() == 0 ? Double.NaN : x));
        }
        assertEquals(13, history.size());
        double[] shares = history.stream().mapToDouble(Observation::share).toArray();
        assertTrue(Arrays.stream(shares, 0, 9).allMatch(share -> Math.abs(share - 1.0 / 9) < 1e-12), Arrays.toString(shares));
        assertTrue(Arrays.stream(shares, 9, 12).allMatch(share -> Math.abs(share - 1.0 / 3) < 1e-12), Arrays.toString(shares));
        double[] losses = history.stream().mapToDouble(Observation::loss).toArray();
        double[] sorted = Arrays.stream(losses, 1, 9).sorted().toArray();
        assertEquals(sorted[0], losses[9]);
        assertEquals(sorted[2], losses[11]);
        assertEquals(1.0, shares[12]);
        assertEquals(sorted[0], losses[12]);
        assertFalse(history.subList(9, 13).stream().anyMatch(each -> each.settings().equals(history.get(0).settings())), "it failed");
    }

    @Test
    void halvingWithFewTrialsHasFewerRungsAndEndsWhenAllFail() {
        Space space = new Space(List.of(Dimension.number("x", 0, 1)));
        assertEquals(1.0 / 3, new SuccessiveHalving(space, 2, 4).next(List.of()).orElseThrow().share());
        assertEquals(1.0, new SuccessiveHalving(space, 2, 2).next(List.of()).orElseThrow().share());
        List<Observation> history = new ArrayList<>();
        SuccessiveHalving strategy = new SuccessiveHalving(space, 2, 13);
        for (Optional<Candidate> next = strategy.next(history); next.isPresent(); next = strategy.next(history)) {
            history.add(new Observation(next.get().settings(), next.get().share(), Double.NaN));
        }
        assertEquals(9, history.size());
    }

    @Test
    void numbersThatSpanMoreThanTwoDecadesAreEvenInTheirLogarithm() {
        Dimension rate = Dimension.number("rate", 0.0001, 1);
        assertTrue(rate.log());
        assertEquals(0.01, rate.value(0.5));
        assertEquals(0.5, rate.place(0.01), 1e-9);
        assertFalse(Dimension.number("rate", 0.01, 1).log());
        assertFalse(Dimension.number("rate", 0, 1000).log());
        Dimension count = Dimension.whole("count", 1, 1000);
        for (long value : new long[] {1, 2, 31, 999, 1000}) {
            assertEquals(value, count.value(count.place(value)));
        }
        assertEquals(1L, count.value(0));
        assertEquals(1000L, count.value(1));
    }

    @Test
    void aDimensionWithNothingToChooseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Dimension.number("x", 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Dimension.number("x", Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> Dimension.choice("x", List.of("only")));
        assertThrows(IllegalArgumentException.class, () -> new Space(List.of()));
    }
}
