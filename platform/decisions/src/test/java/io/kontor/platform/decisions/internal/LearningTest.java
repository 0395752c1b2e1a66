package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.bandit.OffPolicyEstimate;
import io.kontor.platform.decisions.Learning;
import io.kontor.platform.decisions.RecommendationDesk.Device;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class LearningTest {

    private static final String[] STRATEGIES = {"knn", "popular", "trending"};

    private static double[] visit(boolean known) {
        return VisitContext.of(known, known ? 30 : 0, 2, false, Optional.empty(), Instant.parse("2026-03-04T10:00:00Z"),
                ZoneId.of("Europe/Berlin"));
    }

    /** Those who are known like what is made for them, the others what many like. */
    private static double clicks(String strategy, boolean known) {
        return switch (strategy) {
            case "knn" -> known ? 0.5 : 0.1;
            case "popular" -> known ? 0.2 : 0.4;
            default -> 0.15;
        };
    }

    /** Visitors come to a server, half of them known; gives the share that clicked. */
    private static double visitors(Counter server, int visitors, SplittableRandom random) {
        int clicked = 0;
        for (int i = 0; i < visitors; i++) {
            boolean known = random.nextBoolean();
            PlacementChoice.Chosen chosen = server.choose("~" + random.nextInt(1_000), visit(known));
            boolean click = random.nextDouble() < clicks(chosen.definition().strategies().get(0), known);
            clicked += click ? 1 : 0;
            server.answered(chosen, "c" + i, click ? 1 : 0, 0);
        }
        server.tell();
        return (double) clicked / visitors;
    }

    /** Whether an estimate is at most 3.5 standard errors away, by the interval, which reckons with what was not seen. */
    private static void holds(double truth, OffPolicyEstimate estimate, Learning.Arm arm) {
        double reach = truth > estimate.value() ? estimate.interval().high() - estimate.value()
                : estimate.value() - estimate.interval().low();
        assertEquals(truth, estimate.value(), 3.5 / 1.96 * reach, arm.toString());
    }

    private static void learns(FreshDatabase fresh, String method) {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home(method, STRATEGIES));
            Counter other = new Counter(shop.database);
            SplittableRandom random = new SplittableRandom(5);
            double first = 0;
            double last = 0;
            for (int round = 0; round < 20; round++) {
                Counter server = round % 2 == 0 ? shop : other;
                double share = visitors(server, 200, random);
                first += round < 2 ? share / 2 : 0;
                last += round >= 15 ? share / 5 : 0;
                shop.learning.renew("berlin", "home");
                other.learning.renew("berlin", "home");
            }
            other.log.stop();
            assertTrue(last > 0.38, method + " ends at " + last + " of at most 0.45, begun at " + first);
            Learning.Standing standing = shop.learning.of("berlin", shop.placements.find("berlin", "home").orElseThrow());
            assertEquals(4_000, standing.arms().stream().mapToLong(Learning.Arm::choices).sum(), "each choice counts once");
            assertEquals(4_000, standing.logged());
            for (Learning.Arm arm : standing.arms()) {
                double truth = (clicks(arm.strategy(), true) + clicks(arm.strategy(), false)) / 2;
                holds(truth, arm.doublyRobust(), arm);
                holds(truth, arm.inversePropensity(), arm);
            }
            assertTrue(standing.uniform().value() < standing.served() - 0.05, "better than by chance: " + standing);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void serversLearnTogetherWithUpperBounds(FreshDatabase fresh) {
        learns(fresh, "linucb");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void serversLearnTogetherByThompsonSampling(FreshDatabase fresh) {
        learns(fresh, "thompson");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aListEarnsOnceHoweverMuchItLeadsTo(FreshDatabase fresh) {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home("thompson", STRATEGIES));
            PlacementChoice.Chosen chosen = shop.choose("~a", visit(true));
            shop.answered(chosen, "a", 1, 20);
            shop.tell();
            Learning.Standing standing = shop.learning.of("berlin", shop.placements.find("berlin", "home").orElseThrow());
            Learning.Arm arm = standing.arms().stream().filter(one -> one.choices() > 0).findFirst().orElseThrow();
            assertEquals(chosen.definition().strategies().get(0), arm.strategy());
            assertEquals(1, arm.mean());
            assertEquals(1, standing.served());
            assertTrue(arm.inversePropensity().value() <= 1, "a share: " + arm);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void beginsAnewWhereContextsHadFewerNumbers(FreshDatabase fresh) {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home("thompson", STRATEGIES));
            PlacementChoice.Chosen chosen = shop.choose("~a", visit(true));
            String arm = chosen.definition().strategies().get(0);
            shop.database.jdbc(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("insert into bandit_arm (store, place, arm, features, sums) "
                        + "values ('berlin', 'home', ?, 8, '[5]')")) {
                    insert.setString(1, arm);
                    return insert.executeUpdate();
                }
            });
            shop.answered(chosen, "a", 1, 0);
            shop.tell();
            Learning.Standing standing = shop.learning.of("berlin", shop.placements.find("berlin", "home").orElseThrow());
            assertEquals(1, standing.arms().stream().mapToLong(Learning.Arm::choices).sum());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void learnsWhatTelephonesWant(FreshDatabase fresh) {
        try (Counter shop = new Counter(fresh)) {
            shop.put(Counter.home("linucb", "knn", "popular"));
            SplittableRandom random = new SplittableRandom(6);
            int right = 0;
            for (int i = 0; i < 3_000; i++) {
                Device device = random.nextBoolean() ? Device.MOBILE : Device.DESKTOP;
                PlacementChoice.Chosen chosen = shop.choose("~" + i, VisitContext.of(false, 0, 2, false, Optional.of(device),
                        Instant.parse("2026-03-04T10:00:00Z"), ZoneId.of("Europe/Berlin")));
                boolean best = chosen.definition().strategies().get(0).equals(device == Device.MOBILE ? "popular" : "knn");
                right += i >= 2_000 && best ? 1 : 0;
                shop.answered(chosen, "d" + i, random.nextDouble() < (best ? 0.4 : 0.2) ? 1 : 0, 0);
                if (i % 200 == 199) {
                    shop.tell();
                    shop.learning.renew("berlin", "home");
                }
            }
            assertTrue(right > 850, right + " of 1000, of which 50 go the other way by chance");
        }
    }

    @Test
    void theContextTellsVisitsApart() {
        double[] stranger = VisitContext.of(false, 0, 0, false, Optional.of(Device.MOBILE), Instant.parse("2026-03-07T05:00:00Z"),
                ZoneId.of("Europe/Berlin"));
        assertEquals(VisitContext.FEATURES, stranger.length);
        assertEquals(1, stranger[0]);
        assertEquals(0, stranger[1]);
        assertEquals(1, stranger[5], 1e-12, "six o'clock there");
        assertEquals(1, stranger[7], "a Saturday");
        assertEquals(0, visit(true)[7], "a Wednesday");
        assertArrayEquals(new double[] {0, 1, 0}, Arrays.copyOfRange(stranger, 8, 11), "on a telephone");
        assertArrayEquals(new double[3], Arrays.copyOfRange(visit(true), 8, 11), "nobody says on what");
        assertTrue(visit(true)[2] > 0.5 && visit(true)[2] < 1);
    }
}
