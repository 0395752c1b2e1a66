package io.kontor.api.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private final Reference reference = new Reference();

    @Test
    void findsTheIntervalThatScipyFinds() {
        double[] values = reference.all("bootstrap.values");
        double[] other = reference.all("bootstrap.other");
        Bootstrap bootstrap = new Bootstrap(50_000, 0.95, 1);
        Interval mean = bootstrap.intervals(values.length, Statistic.mean(values))[0];
        double width = reference.all("bootstrap.mean")[1] - reference.all("bootstrap.mean")[0];
        assertEquals(reference.all("bootstrap.mean")[0], mean.low(), 0.02 * width);
        assertEquals(reference.all("bootstrap.mean")[1], mean.high(), 0.02 * width);
        Difference difference = bootstrap.difference(values.length, Statistic.mean(values), Statistic.mean(other));
        double narrow = reference.all("bootstrap.difference")[1] - reference.all("bootstrap.difference")[0];
        assertEquals(reference.all("bootstrap.difference")[0], difference.interval().low(), 0.03 * narrow);
        assertEquals(reference.all("bootstrap.difference")[1], difference.interval().high(), 0.03 * narrow);
        assertEquals(Arrays.stream(values).average().orElseThrow() - Arrays.stream(other).average().orElseThrow(), difference.value(), 1e-12);
        assertTrue(narrow < width, "paired cases tell more");
    }

    @Test
    void holdsTheTruthAboutAsOftenAsItSays() {
        Random random = new Random(11);
        int held = 0;
        int rounds = 400;
        for (int round = 0; round < rounds; round++) {
            double[] values = random.doubles(100).toArray();
            held += new Bootstrap(400, 0.9, round).intervals(values.length, Statistic.mean(values))[0].contains(0.5) ? 1 : 0;
        }
        assertEquals(0.9, (double) held / rounds, 0.045, "three standard errors");
    }

    @Test
    void isTheSameForTheSameSeedAndTellsModelsApart() {
        double[] one = new Random(1).doubles(200).toArray();
        double[] better = Arrays.stream(one).map(value -> value + 0.01).toArray();
        Bootstrap bootstrap = new Bootstrap(200, 0.95, 5);
        assertArrayEquals(bootstrap.samples(200, Statistic.mean(one))[0], bootstrap.samples(200, Statistic.mean(one))[0]);
        assertEquals(1, bootstrap.difference(200, Statistic.mean(better), Statistic.mean(one)).sign());
        assertEquals(-1, bootstrap.difference(200, Statistic.mean(one), Statistic.mean(better)).sign());
        assertEquals(0, bootstrap.difference(200, Statistic.mean(one), Statistic.mean(new Random(2).doubles(200).toArray())).sign());
        assertEquals(0, bootstrap.difference(200, Statistic.mean(one), Statistic.mean(one)).sign());
    }

    @Test
    void leavesOutWhatIsUndefinedAndSaysWhenNothingCanBeSaid() {
        Bootstrap bootstrap = new Bootstrap(500, 0.95, 5);
        double[] holes = {1, Double.NaN, 3, 2, Double.NaN, 2, 3, 1};
        Interval interval = bootstrap.intervals(holes.length, Statistic.mean(holes))[0];
        assertTrue(interval.low() >= 1 && interval.high() <= 3 && interval.contains(2), interval.toString());
        assertTrue(Double.isNaN(bootstrap.intervals(1, Statistic.mean(new double[] {1}))[0].low()), "one case tells nothing");
        assertTrue(Double.isNaN(bootstrap.intervals(0, Statistic.mean(new double[0]))[0].low()));
        assertEquals(0, bootstrap.difference(0, Statistic.mean(new double[0]), Statistic.mean(new double[0])).sign());
        Statistic undefined = Statistic.ratio(new double[3], new double[3]);
        assertTrue(Double.isNaN(bootstrap.intervals(3, undefined)[0].low()));
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(5, 0.95, 0));
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(500, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Interval(2, 1, 0.95));
    }
}
