package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments.Adjusted;
import io.kontor.platform.decisions.Experiments.Comparison;
import io.kontor.platform.decisions.Experiments.Measure;
import io.kontor.platform.decisions.internal.ExperimentUnits.Beside;
import io.kontor.platform.decisions.internal.ExperimentUnits.Sum;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Differences with what was bought before taken off, in experiments whose truth is known. */
class AdjustedDifferencesTest {

    private static final int EXPERIMENTS = 600;
    private static final int UNITS = 1_200;
    private static final double MORE_REVENUE = 3;
    private static final Experiment EXPERIMENT = new Experiment("e", "E", "home", List.of(new Experiment.Variant("a", "A", 2.0, null),
            new Experiment.Variant("b", "B", 1.0, null)), 0, 0, Instant.EPOCH, "anna", null, null);

    /** Customers of a shop: three of four are known, and each has a habit that shows before and after, as far as that is said. */
    private static final class World {

        private final Random random;
        private final double habit;
        private final double effect;
        private final Gathered[] variants = {new Gathered(), new Gathered()};

        World(long seed, double habit, double effect) {
            this.random = new Random(seed);
            this.habit = habit;
            this.effect = effect;
        }

        private double spends(double theirs) {
            double own = -Math.log(1 - random.nextDouble());
            return 20 * (habit * theirs + (1 - habit) * own);
        }

        void come(int units) {
            for (int i = 0; i < units; i++) {
                double theirs = -Math.log(1 - random.nextDouble());
                boolean known = random.nextInt(4) > 0;
                double before = spends(theirs);
                int variant = random.nextInt(3) / 2;
                double after = spends(theirs) + variant * effect;
                double chance = 1 - Math.exp(-after / 40);
                variants[variant].add(known ? before : Double.NaN, after, random.nextDouble() < chance);
            }
        }

        Comparison compared(Measure measure) {
            return ExperimentStatistics.results(EXPERIMENT, Map.of("a", variants[0].sum("a"), "b", variants[1].sum("b")), Instant.now())
                    .variants().get(1).comparisons().get(measure.ordinal());
        }
    }

    /** The sums of a variant as the database makes them. */
    private static final class Gathered {

        private long units;
        private long known;
        private long buyers;
        private long knownBuyers;
        private double revenue;
        private double squares;
        private double knownRevenue;
        private double before;
        private double beforeSquares;
        private double boughtProducts;
        private double spentProducts;

        void add(double earlier, double brought, boolean bought) {
            units++;
            revenue += brought;
            squares += brought * brought;
            buyers += bought ? 1 : 0;
            if (!Double.isNaN(earlier)) {
                known++;
                knownBuyers += bought ? 1 : 0;
                knownRevenue += brought;
                before += earlier;
                beforeSquares += earlier * earlier;
                boughtProducts += bought ? earlier : 0;
                spentProducts += earlier * brought;
            }
        }

        Sum sum(String variant) {
            return new Sum(variant, units, units, 0, 0, 0, buyers, revenue, squares,
                    new Beside(known, knownBuyers, before, beforeSquares, boughtProducts),
                    new Beside(known, knownRevenue, before, beforeSquares, spentProducts));
        }
    }

    private static Comparison once(long seed, double habit, double effect, Measure measure) {
        World world = new World(seed, habit, effect);
        world.come(UNITS);
        return world.compared(measure);
    }

    @Test
    void areRightOnAverageAndAsSureAsTheySay() {
        double sum = 0;
        double plainSquares = 0;
        double adjustedSquares = 0;
        int within = 0;
        int always = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            Comparison plain = once(i, 0.8, MORE_REVENUE, Measure.REVENUE);
            Adjusted adjusted = plain.adjusted().orElseThrow();
            sum += adjusted.difference() - MORE_REVENUE;
            plainSquares += Math.pow(plain.difference() - MORE_REVENUE, 2);
            adjustedSquares += Math.pow(adjusted.difference() - MORE_REVENUE, 2);
            within += adjusted.interval().contains(MORE_REVENUE) ? 1 : 0;
            always += adjusted.anytime().contains(MORE_REVENUE) ? 1 : 0;
        }
        double error = Math.sqrt(adjustedSquares / EXPERIMENTS);
        assertEquals(0, sum / EXPERIMENTS, 4 * error / Math.sqrt(EXPERIMENTS), "not shifted");
        assertEquals(0.95, (double) within / EXPERIMENTS, 0.03, "as often inside as it says");
        assertTrue(always > within && always > 0.97 * EXPERIMENTS, always + " of " + EXPERIMENTS);
        assertTrue(error < 0.75 * Math.sqrt(plainSquares / EXPERIMENTS), error + " against " + Math.sqrt(plainSquares / EXPERIMENTS));
    }

    @Test
    void areTheNarrowerTheMoreHabitsTell() {
        double[] narrower = new double[3];
        for (Measure measure : List.of(Measure.BUYERS, Measure.REVENUE)) {
            for (int level = 0; level < 3; level++) {
                narrower[level] = 0;
                for (int i = 0; i < 100; i++) {
                    Comparison plain = once(i, 0.45 * level, 0, measure);
                    Adjusted adjusted = plain.adjusted().orElseThrow();
                    assertTrue(adjusted.narrower() >= 0, "never wider");
                    assertTrue(adjusted.anytime().high() - adjusted.anytime().low() <= plain.anytime().high() - plain.anytime().low());
                    narrower[level] += adjusted.narrower() / 100;
                }
            }
            assertTrue(narrower[0] < 0.005, "without habits nothing is gained: " + narrower[0]);
            assertTrue(narrower[0] < narrower[1] && narrower[1] < narrower[2], narrower[1] + " and " + narrower[2]);
        }
        assertTrue(narrower[2] > 0.25, "of revenue: " + narrower[2]);
    }

    @Test
    void findNothingByLookingOften() {
        int found = 0;
        for (int i = 0; i < 300; i++) {
            World world = new World(i, 0.8, 0);
            boolean ever = false;
            for (int look = 0; look < 20; look++) {
                world.come(150);
                ever |= world.compared(Measure.REVENUE).adjusted().orElseThrow().evidence() < 0.05;
            }
            found += ever ? 1 : 0;
        }
        assertTrue(found <= 22, found + " of 300, of which 15 may be");
    }
}
