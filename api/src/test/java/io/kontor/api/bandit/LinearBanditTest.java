package io.kontor.api.bandit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.metric.ChiSquare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearBanditTest {

    private static final double FLOOR = 0.1;

    private static List<LinearArm> arms() {
        return IntStream.range(0, ClickWorld.ARMS).mapToObj(a -> new LinearArm(ClickWorld.FEATURES, 1)).toList();
    }

    /** Arms that some visitors have been seen by. */
    private static List<LinearArm> learned(int cases, long seed) {
        List<LinearArm> arms = arms();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < cases; i++) {
            double[] visitor = ClickWorld.visitor(random);
            int arm = random.nextInt(arms.size());
            arms.get(arm).add(visitor, random.nextDouble() < ClickWorld.click(visitor, arm) ? 1 : 0);
        }
        return arms;
    }

    @ParameterizedTest
    @EnumSource(LinearBandit.Method.class)
    void losesLessThanAnyArmAloneOnceItHasLearned(LinearBandit.Method method) {
        int visitors = 20_000;
        double regret = 0;
        double uniform = 0;
        double[] fixed = new double[ClickWorld.ARMS];
        List<LinearArm> arms = arms();
        LinearBandit bandit = new LinearBandit(method, 0.5, FLOOR, arms);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < visitors; i++) {
            double[] visitor = ClickWorld.visitor(random);
            LinearBandit.Choice choice = bandit.choose(visitor, random.nextDouble());
            arms.get(choice.arm()).add(visitor, random.nextDouble() < ClickWorld.click(visitor, choice.arm()) ? 1 : 0);
            double best = IntStream.range(0, fixed.length).mapToDouble(a -> ClickWorld.click(visitor, a)).max().orElseThrow();
            regret += best - ClickWorld.click(visitor, choice.arm());
            for (int a = 0; a < fixed.length; a++) {
                fixed[a] += best - ClickWorld.click(visitor, a);
                uniform += (best - ClickWorld.click(visitor, a)) / fixed.length;
            }
        }
        double bestFixed = Arrays.stream(fixed).min().orElseThrow();
        String said = method + " loses " + regret + " clicks of " + visitors + " visitors, the best arm alone " + bestFixed + ", chance "
                + uniform;
        assertTrue(regret < 0.6 * bestFixed, said);
        assertTrue(regret < 0.35 * uniform, said);
    }

    @ParameterizedTest
    @EnumSource(LinearBandit.Method.class)
    void choosesEachArmAsOftenAsItsPropensitySays(LinearBandit.Method method) {
        LinearBandit bandit = new LinearBandit(method, 0.5, FLOOR, learned(400, 1));
        SplittableRandom random = new SplittableRandom(5);
        double[] visitor = ClickWorld.visitor(random);
        double[] probabilities = bandit.probabilities(visitor);
        int draws = 100_000;
        double[] seen = new double[probabilities.length];
        double[] said = new double[probabilities.length];
        for (int i = 0; i < draws; i++) {
            LinearBandit.Choice choice = bandit.choose(visitor, random.nextDouble());
            assertEquals(probabilities[choice.arm()], choice.propensity());
            seen[choice.arm()]++;
        }
        double statistic = 0;
        for (int a = 0; a < seen.length; a++) {
            said[a] = probabilities[a] * draws;
            statistic += (seen[a] - said[a]) * (seen[a] - said[a]) / said[a];
            assertTrue(probabilities[a] >= FLOOR / seen.length - 1e-12, "every arm keeps a chance");
        }
        assertTrue(ChiSquare.survival(statistic, seen.length - 1) > 0.001, statistic + " for " + Arrays.toString(said));
    }

    @Test
    void thompsonTakesAnArmAsOftenAsItsDrawIsTheHighest() {
        List<LinearArm> arms = learned(300, 2);
        double[] visitor = {1, 1, 0, 0.2};
        double[] probabilities = new LinearBandit(LinearBandit.Method.THOMPSON, 0.5, 1e-9, arms).probabilities(visitor);
        Random random = new Random(7);
        int draws = 400_000;
        double[] highest = new double[arms.size()];
        for (int i = 0; i < draws; i++) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < highest.length; a++) {
                double value = arms.get(a).expected(visitor) + 0.5 * arms.get(a).width(visitor) * random.nextGaussian();
                best = value > most ? a : best;
                most = Math.max(most, value);
            }
            highest[best] += 1.0 / draws;
        }
        assertArrayEquals(highest, probabilities, 0.004, "four standard errors and the grid");
    }

    @Test
    void linucbPrefersWhatIsGoodOrUnknownAndSharesTies() {
        List<LinearArm> arms = arms();
        double[] visitor = {1, 0, 0, 0};
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25},
                new LinearBandit(LinearBandit.Method.LINUCB, 0.5, FLOOR, arms).probabilities(visitor), 1e-12);
        for (int i = 0; i < 50; i++) {
            arms.get(0).add(visitor, 0);
        }
        double[] probabilities = new LinearBandit(LinearBandit.Method.LINUCB, 0.5, FLOOR, arms).probabilities(visitor);
        assertArrayEquals(new double[] {0.025, 0.325, 0.325, 0.325}, probabilities, 1e-12);
    }

    @Test
    void nodesJoinWhatTheyLearned() {
        List<LinearArm> one = new ArrayList<>(learned(500, 11));
        List<LinearArm> other = learned(300, 12);
        List<LinearArm> all = learned(500, 11);
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 300; i++) {
            double[] visitor = ClickWorld.visitor(random);
            int arm = random.nextInt(all.size());
            all.get(arm).add(visitor, random.nextDouble() < ClickWorld.click(visitor, arm) ? 1 : 0);
        }
        double[] visitor = {1, 0, 1, -0.3};
        for (int a = 0; a < all.size(); a++) {
            one.get(a).add(other.get(a));
            LinearArm kept = LinearArm.of(ClickWorld.FEATURES, 1, one.get(a).sums());
            assertEquals(all.get(a).expected(visitor), one.get(a).expected(visitor), 1e-9);
            assertEquals(all.get(a).width(visitor), kept.width(visitor), 1e-9);
            assertEquals(all.get(a).mean(), kept.mean(), 1e-12);
        }
        assertThrows(IllegalArgumentException.class, () -> LinearArm.of(3, 1, one.get(0).sums()));
    }

    @Test
    void aRewardMayComeLater() {
        LinearArm late = new LinearArm(2, 1);
        LinearArm atOnce = new LinearArm(2, 1);
        double[] x = {1, 0.5};
        late.add(x, 0);
        late.reward(x, 1);
        atOnce.add(x, 1);
        assertArrayEquals(atOnce.sums(), late.sums(), 0);
        assertThrows(IllegalArgumentException.class, () -> new LinearBandit(LinearBandit.Method.LINUCB, 0.5, 0, List.of(late)));
    }
}
