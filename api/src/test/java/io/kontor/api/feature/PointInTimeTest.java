package io.kontor.api.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.metric.BinaryScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PointInTimeTest {

    private static final FeatureSet SET = TestRows.UNSCALED;
    private static final int ROWS = 400;

    @Test
    void whatComesLaterChangesNoRowBitForBit() {
        for (long seed = 0; seed < 25; seed++) {
            List<TestRow> rows = TestRows.random(SET, ROWS, seed);
            double[][] before = TestRows.train(SET, rows).rows();
            Random random = new Random(seed);
            long moment = rows.get(random.nextInt(ROWS)).time();
            double[][] after = TestRows.train(SET, altered(rows, moment, random)).rows();
            for (int i = 0; rows.get(i).time() <= moment && i < ROWS - 1; i++) {
                assertArrayEquals(before[i], after[i], "seed " + seed + ", row " + i);
            }
        }
    }

    /** Rows after a moment are others, in another number, with other labels; labels of the earlier ones that came after it are turned over. */
    private static List<TestRow> altered(List<TestRow> rows, long moment, Random random) {
        List<TestRow> altered = new ArrayList<>();
        for (TestRow row : rows) {
            if (row.time() <= moment) {
                altered.add(row.known() < moment ? row : row.labelled(!row.positive(), row.known() + random.nextInt(1_000)));
            }
        }
        List<TestRow> later = new ArrayList<>(rows.subList(altered.size(), rows.size()));
        Collections.shuffle(later, random);
        long time = moment;
        for (TestRow row : later) {
            time += 1 + random.nextInt(500_000);
            altered.add(random.nextBoolean() ? TestRows.row(SET, time, random) : row.at(time));
        }
        return altered;
    }

    @Test
    void rowsOfOneMomentSeeNothingOfEachOther() {
        for (long seed = 0; seed < 10; seed++) {
            List<TestRow> rows = TestRows.random(SET, ROWS, seed);
            Map<TestRow, double[]> before = byRow(rows);
            List<TestRow> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort((a, b) -> Long.compare(a.time(), b.time()));
            assertNotEquals(rows, shuffled, "some rows of one moment change places");
            byRow(shuffled).forEach((row, values) -> assertArrayEquals(before.get(row), values, 1e-12, "but for the rounding of sums"));
        }
    }

    private static Map<TestRow, double[]> byRow(List<TestRow> rows) {
        double[][] values = TestRows.train(SET, rows).rows();
        Map<TestRow, double[]> byRow = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            byRow.put(rows.get(i), values[i]);
        }
        return byRow;
    }

    @Test
    void trainingAndServingGiveTheSameNumbersForTheSameMomentBitForBit() {
        for (long seed = 0; seed < 6; seed++) {
            List<TestRow> rows = TestRows.random(SET, ROWS, seed);
            double[][] trained = TestRows.train(SET, rows).rows();
            for (int i = 0; i < ROWS; i += 7) {
                assertArrayEquals(trained[i], TestRows.serve(SET, rows, rows.get(i)), "seed " + seed + ", row " + i);
            }
        }
    }

    @Test
    void refusesRowsOutOfOrder() {
        List<TestRow> rows = TestRows.random(SET, ROWS, 1);
        Fitting fitting = new Fitting(SET, TestRows.ZONE);
        fitting.encode(rows.get(ROWS - 1), Earlier.NONE);
        assertThrows(IllegalArgumentException.class, () -> fitting.encode(rows.get(0), Earlier.NONE));
    }

    @Test
    void aPastThatShowsTheFutureIsNotBelieved() {
        List<TestRow> rows = TestRows.random(SET, ROWS, 2);
        TestRow asked = rows.get(ROWS / 2);
        long all = (1L << SET.keys().size()) - 1;
        Earlier leaking = (row, visitor) -> rows.stream().filter(each -> each.time() >= row.time()).forEach(each -> visitor.earlier(each, all));
        FittedFeatures fitted = TestRows.train(SET, rows).fitting().fitted();
        assertArrayEquals(fitted.values(asked, Earlier.NONE), fitted.values(asked, leaking));
    }

    /** Labels are pure chance, so whatever tells them apart is a leak. */
    @Test
    void noiseStaysNoiseWhereAWrongComputationSeemsToKnow() {
        FeatureSet set = new FeatureSet(List.of(new Feature.Category("customer", Feature.Encoding.TARGET, 1),
                new Feature.Aggregate(Feature.Stat.SUM, "customer", "label", TestRows.DAY.multipliedBy(60), Scaling.NONE)));
        double ours = 0;
        double wrong = 0;
        double wrongWindow = 0;
        double oursWindow = 0;
        int seeds = 10;
        for (int seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            List<TestRow> rows = new ArrayList<>();
            for (TestRow row : TestRows.random(set, 4_000, seed)) {
                rows.add(row.with("customer", "k" + random.nextInt(150)).with("label", row.positive() ? 1.0 : 0.0));
            }
            TestRows.Trained trained = TestRows.train(set, rows);
            double[] naive = naive(rows);
            ours += auc(column(trained.rows(), 0), trained.positive()) / seeds;
            oursWindow += auc(column(trained.rows(), 1), trained.positive()) / seeds;
            wrong += auc(naive, trained.positive()) / seeds;
            wrongWindow += auc(windowsThatSeeTheirOwnMoment(rows), trained.positive()) / seeds;
        }
        assertEquals(0.5, ours, 0.015, "target encoding");
        assertEquals(0.5, oursWindow, 0.015, "aggregates");
        assertTrue(wrong > 0.6, "a target encoding that is not out of fold gives itself away: " + wrong);
        assertTrue(wrongWindow > 0.55, "so does a window that is not closed before the row: " + wrongWindow);
    }

    private static double[] column(double[][] rows, int value) {
        return Arrays.stream(rows).mapToDouble(row -> Double.isNaN(row[value]) ? 0 : row[value]).toArray();
    }

    private static double auc(double[] scores, boolean[] positive) {
        return BinaryScores.of(scores, positive).rocAuc(null);
    }

    private static double[] naive(List<TestRow> rows) {
        Map<Object, int[]> counts = new HashMap<>();
        rows.forEach(row -> counts.computeIfAbsent(row.values().get("customer"), k -> new int[2])[row.positive() ? 1 : 0]++);
        return rows.stream().mapToDouble(row -> {
            int[] count = counts.get(row.values().get("customer"));
            return (double) count[1] / (count[0] + count[1]);
        }).toArray();
    }

    private static double[] windowsThatSeeTheirOwnMoment(List<TestRow> rows) {
        Map<Object, Double> sums = new HashMap<>();
        return rows.stream().mapToDouble(row -> sums.merge(row.values().get("customer"), (Double) row.values().get("label"), Double::sum))
                .toArray();
    }
}
