package io.kontor.platform.monitoring.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.internal.profile.Counting;
import io.kontor.platform.models.internal.profile.Profiling;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.monitoring.Finding.State;
import io.kontor.platform.monitoring.MonitoringPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is planted is found and named; what is a shop's nature is no alarm. */
class DriftOfShopsTest {

    private static final int SEEDS = 5;
    private static final int SHOPS = 100;

    private static ReferenceProfile learned(String family, Snapshot data, Instant until) {
        return Profiling.of(family, data.window(null, until), until, Map.of(), null, JobContext.unwatched());
    }

    private static ReferenceProfile latest(ReferenceProfile reference, Snapshot data, Instant end) {
        return new ReferenceProfile(reference.sources().stream().map(source -> Counting.latest(source, data, end, Map.of(),
                JobContext.unwatched())).toList(), null);
    }

    private static List<Finding> look(SeasonalShop shop, int weeks) {
        ReferenceProfile reference = learned("risk", shop.payments, shop.trained());
        return new Comparison(MonitoringPolicy.DEFAULT).inputs(reference, latest(reference, shop.payments, shop.after(weeks))).findings();
    }

    private static Set<String> problems(List<Finding> findings) {
        Set<String> names = new TreeSet<>();
        findings.stream().filter(one -> one.state() == State.PROBLEM).forEach(one -> names.add(one.what()));
        return names;
    }

    /** Plants something into the weeks after the training of five shops, and expects each to name it and nothing else. */
    private static void assertFound(String column, Consumer<SeasonalShop> planted) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SeasonalShop shop = new SeasonalShop(seed);
            planted.accept(shop);
            assertEquals(Set.of("transactions." + column), problems(look(shop, 1)), "shop " + seed);
        }
    }

    @Test
    void cleanShopsRaiseNoAlarm() {
        List<String> alarms = new ArrayList<>();
        int columns = 0;
        for (int seed = 0; seed < SHOPS; seed++) {
            Random scores = new Random(seed);
            ColumnProfile heldOut = ColumnProfile.ofNumbers("prediction", scores.doubles(2_000).map(value -> value * value).toArray());
            SeasonalShop shop = new SeasonalShop(seed);
            ReferenceProfile reference = learned("risk", shop.payments, shop.trained());
            List<Finding> findings = new Comparison(MonitoringPolicy.DEFAULT)
                    .inputs(reference, latest(reference, shop.payments, shop.after(1)))
                    .predictions(heldOut, heldOut.count(scores.doubles(400).map(value -> value * value).toArray())).findings();
            columns += findings.size();
            if (!problems(findings).isEmpty()) {
                alarms.add(seed + " " + problems(findings));
            }
        }
        assertTrue(columns >= SHOPS * 14, "columns: " + columns);
        assertTrue(alarms.size() <= 2, alarms.size() + " of " + SHOPS + " clean shops raised an alarm: " + alarms);
    }

    @Test
    void aSeasonThatTheReferenceHasSeenIsNoAlarmHoweverGreat() {
        SeasonalShop shop = new SeasonalShop(3);
        double[] amount = shop.payments.numbers("amount");
        for (int row = 0; row < amount.length; row++) {
            // Four weeks around the new year sell for thrice as much, in each year.
            long day = (shop.payments.times()[row] - SeasonalShop.BEGIN.toEpochMilli()) / 86_400_000 % 364;
            amount[row] *= day >= 4 * 7 && day < 8 * 7 ? 3 : 1;
        }
        Finding found = look(shop, 1).stream().filter(one -> one.what().equals("transactions.amount")).findFirst().orElseThrow();
        assertTrue(found.figures().get("psi") > MonitoringPolicy.DEFAULT.index(), found.figures().toString());
        assertEquals(State.WELL, found.state(), found.figures().toString());
    }

    @Test
    void findsAShiftedMean() {
        assertFound("amount", shop -> {
            double[] amount = shop.payments.numbers("amount");
            for (int row = shop.later(); row < amount.length; row++) {
                amount[row] *= 2.2;
            }
        });
    }

    @Test
    void findsChangedSharesOfCategories() {
        Random random = new Random(1);
        assertFound("country", shop -> {
            String[] country = shop.payments.texts("country");
            for (int row = shop.later(); row < country.length; row++) {
                country[row] = random.nextDouble() < 0.4 ? "PL" : country[row];
            }
        });
    }

    @Test
    void findsACategoryThatWasNeverSeen() {
        assertFound("attr.channel", shop -> {
            String[] channel = shop.payments.texts("attr.channel");
            for (int row = shop.later(); row < channel.length; row += 3) {
                channel[row] = "marketplace";
            }
        });
    }

    @Test
    void findsAColumnThatGoesMissing() {
        assertFound("attr.age", shop -> {
            double[] age = shop.payments.numbers("attr.age");
            Arrays.fill(age, shop.later(), age.length, Double.NaN);
        });
    }

    @Test
    void findsAnotherUnitOfPrices() {
        Table products = new Table(Entity.PRODUCTS, null, new long[60]);
        Table orders = new Table(Entity.ORDERS, "time", new long[20_000]);
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            products.numbers("price")[i] = 10 + i;
            products.numbers("cost")[i] = 6 + i / 2.0;
        }
        for (int row = 0; row < 20_000; row++) {
            orders.times()[row] = SeasonalShop.BEGIN.toEpochMilli() + row * 900_000L;
            orders.numbers("quantity")[row] = 1 + random.nextInt(3);
            orders.numbers("unitPrice")[row] = 10 + random.nextInt(60);
        }
        Instant trained = Instant.ofEpochMilli(orders.times()[18_000]);
        Instant end = Instant.ofEpochMilli(orders.times()[19_999]).plusMillis(1);
        ReferenceProfile ofOrders = learned("pricing", orders, trained);
        ReferenceProfile ofProducts = learned("pricing", products, null);
        for (int row = 18_001; row < 20_000; row++) {
            orders.numbers("unitPrice")[row] *= 100;
        }
        for (int i = 0; i < 60; i++) {
            products.numbers("price")[i] *= 100;
        }
        assertEquals(Set.of("orders.unitPrice"), problems(new Comparison(MonitoringPolicy.DEFAULT)
                .inputs(ofOrders, latest(ofOrders, orders, end)).findings()));
        assertEquals(Set.of("products.price"), problems(new Comparison(MonitoringPolicy.DEFAULT)
                .inputs(ofProducts, latest(ofProducts, products, end)).findings()));
    }

    @Test
    void findsAnswersThatChangeWhileTheRecordsStay() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random scores = new Random(seed);
            ColumnProfile heldOut = ColumnProfile.ofNumbers("prediction", scores.doubles(2_000).map(value -> value * value).toArray());
            SeasonalShop shop = new SeasonalShop(seed);
            ReferenceProfile reference = learned("risk", shop.payments, shop.trained());
            List<Finding> findings = new Comparison(MonitoringPolicy.DEFAULT)
                    .inputs(reference, latest(reference, shop.payments, shop.after(1)))
                    .predictions(heldOut, heldOut.count(scores.doubles(400).map(Math::sqrt).toArray())).findings();
            assertEquals(Set.of("predictions"), problems(findings));
            assertEquals(Kind.PREDICTION, findings.stream().filter(one -> one.state() == State.PROBLEM).findFirst().orElseThrow().kind());
        }
    }

    @Test
    void findsLabelsThatStopArriving() {
        SeasonalShop shop = new SeasonalShop(9);
        Random random = new Random(2);
        long stop = shop.after(2).toEpochMilli();
        for (int row = 0; row < shop.payments.times().length; row++) {
            // A label comes within three weeks.
            long known = shop.payments.times()[row] + (long) (random.nextDouble() * 21 * 86_400_000);
            if (random.nextDouble() < 0.3) {
                shop.payments.texts("label")[row] = random.nextDouble() < 0.1 ? "fraud" : "legitimate";
                shop.payments.moments("labelTime")[row] = known;
            }
        }
        assertEquals(State.WELL, labels(shop, shop.after(2)).state());
        for (int row = 0; row < shop.payments.times().length; row++) {
            if (shop.payments.moments("labelTime")[row] >= stop) {
                shop.payments.texts("label")[row] = null;
            }
        }
        Finding found = labels(shop, shop.after(3));
        assertEquals(State.PROBLEM, found.state(), found.figures().toString());
        assertEquals(Kind.OUTCOME, found.kind());
        assertEquals(0.0, found.figures().get("share"));
        assertEquals(0.3, found.figures().get("shareBefore"), 0.03);
    }

    private static Finding labels(SeasonalShop shop, Instant end) {
        LabelWeeks weeks = LabelWeeks.of(shop.payments.window(null, end), end, JobContext.unwatched());
        return Outcomes.flow(weeks.transactions(), weeks.labels(), MonitoringPolicy.DEFAULT);
    }

    @Test
    void labelsThatComeOnceAMonthAreNoAlarmInTheWeeksBetween() {
        long[] asked = new long[LabelWeeks.WEEKS];
        long[] known = new long[LabelWeeks.WEEKS];
        for (int week = 0; week < asked.length; week++) {
            asked[week] = 500;
            known[week] = week % 4 == 0 ? 400 : 0;
        }
        known[LabelWeeks.WEEKS - 1] = 0;
        assertEquals(State.WELL, Outcomes.flow(asked, known, MonitoringPolicy.DEFAULT).state());
    }

    @Test
    void tooFewRowsAreNoAlarm() {
        SeasonalShop shop = new SeasonalShop(1);
        ReferenceProfile reference = learned("risk", shop.payments, shop.trained());
        Snapshot few = shop.payments.window(Instant.ofEpochMilli(shop.payments.times()[shop.later()]),
                Instant.ofEpochMilli(shop.payments.times()[shop.later() + 150]));
        List<Finding> findings = new Comparison(MonitoringPolicy.DEFAULT).inputs(reference, latest(reference, few, shop.after(1))).findings();
        assertTrue(findings.stream().allMatch(one -> one.state() == State.TOO_LITTLE), findings.toString());
    }

    @Test
    void salesThatNeverCameAreFoundWhereTheyCameRegularly() {
        assertEquals(State.WELL, Outcomes.records(1, 0.4, 3.5).state());
        assertEquals(State.PROBLEM, Outcomes.records(1, 0.4, 4.5).state());
        assertEquals(State.TOO_LITTLE, Outcomes.records(1, 40, 45).state(), "they were as old at the training");
    }
}
