package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The statistics behind the findings: what they find, and how often they cry wolf, measured on {@value #SERIES} series or columns each. */
class RobustTest {

    private static final int SERIES = 1_000;

    /** A shop's days: weekdays, a yearly season, slow growth, days that resemble the day before, counts about that. */
    private static double[] days(Random random, int days, double level, boolean closedOnSundays) {
        double[] counts = new double[days];
        double memory = 0;
        double phase = random.nextDouble() * 2 * Math.PI;
        double growth = random.nextGaussian() * 0.3 / 365;
        for (int day = 0; day < days; day++) {
            memory = 0.3 * memory + 0.1 * random.nextGaussian();
            double mean = level * (1 + 0.3 * Math.sin(day % 7))
                    * Math.exp(0.25 * Math.sin(phase + day * 2 * Math.PI / 365) + growth * day + memory);
            counts[day] = closedOnSundays && day % 7 == 6 ? 0 : Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        return counts;
    }

    private static DailySeries series(double[] counts) {
        return new DailySeries(LocalDate.of(2024, 1, 1), counts, new double[counts.length]);
    }

    @Test
    void normalQuantilesAreRight() {
        assertEquals(1.959964, Robust.z(0.025), 5e-4);
        assertEquals(4.753424, Robust.z(1e-6), 5e-4);
        assertEquals(2.5, Robust.median(new double[] {4, 1, 2, 3}));
    }

    @Test
    void goodColumnsHaveOutliersInOneOfAThousand() {
        int alarms = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            Random random = new Random(seed);
            double[] prices = IntStream.range(0, 200 + seed).mapToDouble(i -> Math.exp(3 + 1.2 * random.nextGaussian())).toArray();
            OutlierBounds bounds = OutlierBounds.of(prices, prices.length).orElseThrow();
            assertTrue(bounds.logarithm());
            double[] pieces = IntStream.range(0, 200 + seed).mapToDouble(i -> 1 + Math.floor(-Math.log(1 - random.nextDouble()) / 1.2))
                    .toArray();
            OutlierBounds most = OutlierBounds.of(pieces, pieces.length).orElseThrow();
            alarms += Arrays.stream(prices).anyMatch(bounds::outside) || Arrays.stream(pieces).anyMatch(most::outside) ? 1 : 0;
        }
        // 2 are expected at the stated rate, of prices and pieces together; 7 or more come by chance in fewer than 5 of 1,000 runs.
        assertTrue(alarms <= 6, alarms + " of " + SERIES + " good pairs of columns");
    }

    @Test
    void outliersOnEitherSideAreFoundAndGoodValuesAreNot() {
        Random random = new Random(5);
        double[] prices = IntStream.range(0, 1_000).mapToDouble(i -> Math.exp(3 + 0.5 * random.nextGaussian())).toArray();
        prices[10] = 20_000;
        prices[20] = 0.01;
        OutlierBounds bounds = OutlierBounds.of(prices, prices.length).orElseThrow();
        assertArrayEquals(new int[] {10, 20}, IntStream.range(0, prices.length).filter(i -> bounds.outside(prices[i])).toArray());
        double[] sameMostly = new double[100];
        Arrays.fill(sameMostly, 1);
        assertTrue(OutlierBounds.of(sameMostly, 100).isEmpty(), "nothing to compare with");
        Arrays.fill(sameMostly, 0, 20, 2);
        assertTrue(OutlierBounds.of(sameMostly, 100).orElseThrow().outside(1_000), "more than half are equal");
    }

    @Test
    void goodSeriesHaveGapsInOneOfAThousandAtMost() {
        int alarms = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            double[] counts = days(new Random(seed), 120 + seed % 400, 0.5 + seed % 60, seed % 2 == 0);
            alarms += DayGaps.find(series(counts)).isEmpty() ? 0 : 1;
        }
        assertTrue(alarms <= 4, alarms + " of " + SERIES + " good series");
    }

    @Test
    void missingDaysAreFoundAndClosedOnesAreNot() {
        double[] counts = days(new Random(1), 200, 40, true);
        Arrays.fill(counts, 100, 104, 0);
        List<DayGaps.Gap> gaps = DayGaps.find(series(counts));
        assertEquals(1, gaps.size(), gaps.toString());
        assertEquals(List.of(100, 104 + (104 % 7 == 6 ? 1 : 0)), List.of(gaps.get(0).from(), gaps.get(0).to()));
        assertEquals(130, gaps.get(0).expected(), 60);
        double[] rare = days(new Random(2), 200, 0.7, false);
        assertEquals(List.of(), DayGaps.find(series(rare)), "a shop with few orders has days without");
    }

    @Test
    void goodSeriesJumpInOneOfAThousand() {
        int alarms = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            double[] counts = days(new Random(seed), 120 + seed % 600, 5 + seed % 200, seed % 3 == 0);
            alarms += LevelChanges.find(counts, 0).isEmpty() ? 0 : 1;
        }
        assertTrue(alarms <= 4, alarms + " of " + SERIES + " good series");
    }

    @Test
    void jumpsAreFoundWhereTheyAre() {
        int found = 0;
        for (int seed = 0; seed < 100; seed++) {
            double[] counts = days(new Random(seed), 400, 60, false);
            for (int day = 250; day < counts.length; day++) {
                counts[day] *= 2;
            }
            List<LevelChanges.Change> changes = LevelChanges.find(counts, 0);
            boolean right = changes.size() == 1 && Math.abs(changes.get(0).day() - 250) <= 7;
            if (right) {
                assertEquals(2, changes.get(0).after() / changes.get(0).before(), 0.8);
                found++;
            }
        }
        assertTrue(found >= 85, "only " + found + " of 100 doublings");
    }

    @Test
    void forestIsolatesRowsThatDoNotGoTogetherAndIsTheSameForTheSameSeed() {
        Random random = new Random(3);
        double[][] numbers = new double[2][2_000];
        for (int row = 0; row < 2_000; row++) {
            numbers[0][row] = random.nextGaussian();
            numbers[1][row] = numbers[0][row] + 0.1 * random.nextGaussian();
        }
        numbers[0][7] = -2;
        numbers[1][7] = 2;
        numbers[0][8] = 2;
        numbers[1][8] = -2;
        double[][] columns = IsolationForest.withDifferences(numbers);
        IsolationForest forest = new IsolationForest(columns, 1);
        List<Integer> order = new ArrayList<>(IntStream.range(0, 2_000).boxed().toList());
        order.sort((a, b) -> Double.compare(forest.score(columns, b), forest.score(columns, a)));
        assertTrue(order.subList(0, 20).containsAll(List.of(7, 8)), order.subList(0, 20).toString());
        assertTrue(forest.score(columns, order.get(1_000)) < 0.5);
        assertEquals(forest.score(columns, 7), new IsolationForest(columns, 1).score(columns, 7));
        double[][] same = new double[2][500];
        assertEquals(0.5, new IsolationForest(same, 1).score(same, 3), 0.01, "equal rows are all alike");
    }
}
