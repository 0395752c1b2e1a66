package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.decision.Reason;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog.Entry;
import io.kontor.platform.decisions.DecisionLog.Feedback;
import io.kontor.platform.decisions.Measures;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class MeasuresTest {

    private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(60));

    /** A log with its measures on one database. */
    private static final class Shop implements AutoCloseable {

        private final Databases.Opened database;
        private final Market market = new Market();
        private final BatchedDecisionLog log;
        private final KeptMeasures measures;

        Shop(FreshDatabase fresh) {
            database = DecisionLogTest.open(fresh);
            Attribution attribution = new Attribution(market, market, List.of());
            log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()), attribution);
            measures = new KeptMeasures(database, market, market, store -> 0, new Fake.Reversed(), attribution, log);
        }

        void answered(String id, Instant time, String customer, String placement, String plugin, String... products) {
            Map<String, Object> question = new LinkedHashMap<>(Map.of("placement", placement, "customer", customer));
            if (plugin.equals("tried")) {
                question.put(Served.EXPERIMENT, "e1");
                question.put(Served.VARIANT, "new");
            }
            log.note(new Entry(id, "berlin", time, "recommend", customer, customer, new Answer.ServedBy(plugin, "1", Optional.empty()),
                    Optional.empty(), question, new Ranking(Arrays.stream(products).map(product -> new RankedItem(product, 1,
                            List.of(new Reason("popular", "Liked.", Double.NaN)))).toList())));
        }

        void said(String id, String product, String type, Duration after) {
            log.feedback("berlin", List.of(new Feedback(id, product, type, NOON.plus(after))));
        }

        Measures.Row home() {
            return measures.of("berlin", "home", null, null, Measures.By.PLACEMENT).get(0);
        }

        @Override
        public void close() {
            log.stop();
            measures.close();
            database.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void countsWhatTheShopSaysOnce(FreshDatabase fresh) {
        try (Shop shop = new Shop(fresh)) {
            for (int i = 0; i < 4; i++) {
                shop.answered("r" + i, NOON, "c" + i, "home", "knn", "p1", "p2");
            }
            for (int i = 0; i < 3; i++) {
                shop.said("r" + i, "", "impression", Duration.ofSeconds(i));
                shop.said("r" + i, "", "impression", Duration.ofSeconds(30 + i));
            }
            shop.said("r0", "p1", "click", Duration.ofMinutes(1));
            shop.said("r0", "p1", "click", Duration.ofMinutes(2));
            shop.said("r0", "p2", "click", Duration.ofMinutes(3));
            shop.said("r1", "p9", "click", Duration.ofMinutes(3));
            shop.said("r1", "p1", "click", Duration.ofHours(30));
            shop.said("r0", "p1", "cart", Duration.ofMinutes(4));
            shop.said("r0", "p1", "purchase", Duration.ofHours(40));
            shop.said("r0", "p1", "purchase", Duration.ofHours(41));
            shop.log.feedback("berlin", List.of(new Feedback("r1", "p2", "purchase", NOON.plusSeconds(50), Optional.of(17.5))));
            Measures.Row home = shop.home();
            shop.answered("r9", NOON, "c9", "cart", "knn", "p1");
            shop.said("r9", "p1", "click", Duration.ofMinutes(1));
            Measures.Row all = shop.measures.of("berlin", null, null, null, Measures.By.ALL).get(0);
            assertEquals(4, all.base(), "three impressions, and one answer of a place without any");
            assertEquals(0.5, all.clickThrough().value(), 1e-12);
            assertEquals(4, home.answers());
            assertEquals(3, home.impressions());
            assertEquals(3, home.base());
            assertEquals(2, home.clicks(), "not twice, not of a product that was not shown, not after a day");
            assertEquals(1.0 / 3, home.clickThrough().value(), 1e-12, "one of three lists");
            assertTrue(home.clickThrough().interval().contains(0.5));
            assertEquals(1, home.carts());
            assertEquals(2, home.purchases());
            assertEquals(27.5, home.revenue().value(), 1e-9, "the catalogue's price and what the shop said");
            assertEquals(2.0 / 3, home.conversion().value(), 1e-12);
            shop.said("r0", "p1", "return", Duration.ofHours(50));
            shop.said("r3", "p1", "return", Duration.ofHours(50));
            assertEquals(17.5, shop.home().revenue().value(), 1e-9, "what was never bought cannot come back");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesImportedOrdersToTheLatestAnswerThatShowedTheProduct(FreshDatabase fresh) {
        try (Shop shop = new Shop(fresh)) {
            shop.answered("old", NOON.minus(Duration.ofDays(1)), "anna", "cart", "popular", "p1");
            shop.answered("r1", NOON, "anna", "home", "knn", "p1", "p2");
            shop.answered("r2", NOON.plusSeconds(60), "anna", "home", "knn", "p3");
            shop.answered("r3", NOON, "bo", "home", "knn", "p1");
            shop.said("r1", "p2", "click", Duration.ofMinutes(2));
            Instant later = NOON.plus(Duration.ofHours(20));
            shop.market.ordered("o1/p1", later, "anna", "p1", 12, 3);
            shop.market.ordered("o1/p2", later, "anna", "p2", 40, 3);
            shop.market.ordered("o1/p8", later, "anna", "p8", 99, 3);
            shop.market.ordered("o2/p1", NOON.minusSeconds(60), "bo", "p1", 10, 3);
            assertEquals(2, shop.measures.takeOrders("berlin"));
            assertEquals(0, shop.measures.takeOrders("berlin"), "each line counts once");
            Measures.Row home = shop.home();
            assertEquals(1, home.purchases(), "after a click");
            assertEquals(40, home.revenue().value(), 1e-9);
            assertEquals(1, home.viewThroughPurchases());
            assertEquals(12, home.viewThroughRevenue().value(), 1e-9);
            shop.said("r1", "p2", "purchase", Duration.ofHours(21));
            assertEquals(1, shop.home().purchases(), "the shop says once more what the order said");
            shop.market.ordered("o3/p1", later.plusSeconds(9), "bo", "p1", 10, 4);
            shop.measures.look();
            assertEquals(2, shop.home().viewThroughPurchases());
            assertEquals(0, shop.measures.of("berlin", "cart", null, null, Measures.By.PLACEMENT).get(0).viewThroughPurchases(),
                    "the later answer had it too");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void addsUpByStrategyVariantAndDay(FreshDatabase fresh) {
        try (Shop shop = new Shop(fresh)) {
            shop.answered("r1", NOON, "anna", "home", "knn", "p1");
            shop.answered("r2", NOON.plus(Duration.ofDays(1)), "anna", "home", "tried", "p1");
            shop.answered("r3", NOON.plus(Duration.ofDays(1)), "bo", "not a name", "tried", "p1");
            shop.said("r2", "p1", "click", Duration.ofDays(1).plusMinutes(1));
            assertEquals(List.of("knn", "tried"), shop.measures.of("berlin", null, null, null, Measures.By.STRATEGY).stream()
                    .map(Measures.Row::name).toList());
            Measures.Row variant = shop.measures.of("berlin", null, null, null, Measures.By.VARIANT).get(0);
            assertEquals("e1/new", variant.name());
            assertEquals(2, variant.answers());
            assertEquals(0.5, variant.clickThrough().value(), "of the answers, as nobody told impressions");
            LocalDate day = LocalDate.ofInstant(NOON.plus(Duration.ofDays(1)), ZoneId.of("Europe/Berlin"));
            assertEquals(List.of(day.minusDays(1).toString(), day.toString()), shop.measures.of("berlin", null, null, null,
                    Measures.By.DAY).stream().map(Measures.Row::name).toList());
            assertEquals(List.of(day.toString()), shop.measures.of("berlin", null, day, day, Measures.By.DAY).stream()
                    .map(Measures.Row::name).toList());
            assertEquals(List.of("", "home"), shop.measures.of("berlin", null, null, null, Measures.By.PLACEMENT).stream()
                    .map(Measures.Row::name).toList());
            Measures.Row all = shop.measures.of("berlin", null, null, null, Measures.By.ALL).get(0);
            assertEquals(3, all.answers());
            assertEquals(1, all.clicks());
            shop.measures.deleted(shop.market.list().get(0));
            assertEquals(List.of(), shop.measures.of("berlin", null, null, null, Measures.By.DAY));
        }
    }
}
