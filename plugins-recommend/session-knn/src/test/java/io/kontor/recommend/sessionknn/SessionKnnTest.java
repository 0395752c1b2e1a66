package io.kontor.recommend.sessionknn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionKnnTest extends TrainedRecommenderContract<Sessions> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(int neighbours, int perProduct, int halfLifeDays, int latestDeeds) implements SessionKnn.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return SessionKnn.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<Sessions> plugin(SampleStore data) {
        return plugin(data, 1000, 0);
    }

    private static SessionKnn plugin(SampleStore data, int perProduct, int halfLifeDays) {
        return new SessionKnn(new Given(500, perProduct, halfLifeDays, 50_000), data);
    }

    private static SampleStore visit(SampleStore store, String session, int day, String... products) {
        for (int i = 0; i < products.length; i++) {
            store.event("view", null, session, products[i], Double.NaN, TIME.plus(Duration.ofDays(day)).plusSeconds(i));
        }
        return store;
    }

    private static RecommendationRequest during(String... session) {
        List<String> products = List.of(session);
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), products, List.of(), 10,
                product -> !products.contains(product));
    }

    private static List<String> answer(SessionKnn plugin, Sessions model, RecommendationRequest request) {
        return plugin.recommend(model, request).items().stream().map(RankedItem::product).toList();
    }

    @Test
    void scoresAsTheFormulaSays() {
        SampleStore store = visit(visit(new SampleStore(Locale.ENGLISH), "s", 0, "a", "b", "c", "d"), "t", 0, "b", "x");
        visit(store, "u", 30, "y", "z");
        SessionKnn plugin = plugin(store, 100, 30);
        List<RankedItem> items = plugin.recommend(plugin.train(store.training(1)), during("a", "b")).items();
        // Both sessions are thirty days older than the newest record, but for seconds.
        double first = (Math.exp(-1 / 2.0) + 1) / Math.sqrt(2 * 4) / 2;
        double second = 1 / Math.sqrt(2 * 2) / 2;
        double rare = 1 + 0.5 * Math.log(3);
        assertEquals(List.of("c", "x", "d"), items.stream().map(RankedItem::product).toList());
        assertEquals(second * Math.exp(-1 / 4.0) * rare, items.get(1).score(), 1e-4);
        assertEquals(first * Math.exp(-1 / 4.0) * rare, items.get(0).score(), 1e-4);
        assertEquals(first * Math.exp(-2 / 4.0) * rare, items.get(2).score(), 1e-4);
        Explanation explanation = items.get(0).explanation().orElseThrow();
        assertEquals(List.of("b", "a"), explanation.contributions().stream().map(each -> each.value()).toList());
        assertEquals(1 / (1 + Math.exp(-1 / 2.0)), explanation.contributions().get(0).amount() / items.get(0).score(), 1e-9);
    }

    @Test
    void changesItsAnswerWithEachClickWithoutTraining() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int day = 0; day < 5; day++) {
            visit(store, "tea" + day, day, "teapot", "cup", "tea");
            visit(store, "run" + day, day, "shoes", "socks", "bottle");
        }
        SessionKnn plugin = plugin(store, 100, 0);
        Sessions model = plugin.train(store.training(1));
        assertEquals(List.of(), answer(plugin, model, during("new in the shop")));
        assertEquals(List.of("cup", "tea"), answer(plugin, model, during("teapot")));
        assertEquals("socks", answer(plugin, model, during("teapot", "shoes")).get(0));
        assertEquals("tea", answer(plugin, model, during("teapot", "shoes", "cup")).get(0));
        assertEquals(List.of("cup", "teapot"), answer(plugin, model, new RecommendationRequest(Optional.empty(), Optional.empty(),
                Optional.of("tea"), List.of(), List.of(), 10, product -> true)));
    }

    @Test
    void doesNotSayOfAProductThatThoseChoseItWhoChoseIt() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int day = 0; day < 5; day++) {
            visit(store, "tea" + day, day, "teapot", "cup", "tea");
        }
        SessionKnn plugin = plugin(store, 100, 0);
        RecommendationRequest again = new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of("teapot", "cup"),
                List.of(), 10, product -> product.equals("cup"));
        RankedItem cup = plugin.recommend(plugin.train(store.training(1)), again).items().get(0);
        assertEquals(List.of("You took an interest in this before.", "Customers who chose teapot chose this too."),
                cup.reasons().stream().map(reason -> reason.text()).toList());
        assertEquals(List.of("again", "similar-to"), cup.reasons().stream().map(reason -> reason.code()).toList());
    }

    @Test
    void prefersWhatIsStillLookedAt() {
        SampleStore store = visit(visit(visit(new SampleStore(Locale.ENGLISH), "old", 0, "a", "summer"), "old too", 0, "a", "summer"), "new", 90,
                "a", "winter");
        assertEquals("summer", answer(plugin(store, 100, 0), plugin(store, 100, 0).train(store.training(1)), during("a")).get(0));
        assertEquals("winter", answer(plugin(store, 100, 30), plugin(store, 100, 30).train(store.training(1)), during("a")).get(0));
    }

    @Test
    void keepsTheNewestVisitsOfEachProductOnly() {
        SampleStore store = visit(new SampleStore(Locale.ENGLISH), "first", 0, "a", "rare");
        visit(store, "forgotten", 0, "a", "b");
        for (int day = 1; day <= 20; day++) {
            visit(store, "s" + day, day, "a", "b");
        }
        Sessions model = plugin(store, 10, 0).train(store.training(1));
        assertEquals(11, model.lists().size());
        assertEquals(10, model.start(1) - model.start(0));
        assertEquals(List.of("a"), answer(plugin(store, 10, 0), model, during("rare")));
    }

    @Test
    void takesOrdersForVisitsAndTheirLinesForOneMoment() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (String product : List.of("a", "b", "c", "d")) {
            store.add(Entity.ORDERS, Map.of("orderId", "o", "time", TIME, "productId", product, "quantity", 1.0, "unitPrice", 1.0));
        }
        SessionKnn plugin = plugin(store, 100, 0);
        List<RankedItem> items = plugin.recommend(plugin.train(store.training(1)), during("a")).items();
        assertEquals(List.of("b", "c", "d"), items.stream().map(RankedItem::product).toList());
        assertEquals(items.get(0).score(), items.get(2).score(), 1e-12);
    }

    @Test
    void answersKnownCustomersByTheLatestOfTheirHistory() {
        SampleStore store = visit(visit(new SampleStore(Locale.ENGLISH), "s", 0, "a", "b"), "t", 0, "c", "d");
        SessionKnn plugin = plugin(store, 100, 0);
        List<Interaction> history = List.of(new Interaction("c", Interaction.Type.VIEW, TIME, 1),
                new Interaction("c", Interaction.Type.IMPRESSION, TIME, 1), new Interaction("a", Interaction.Type.VIEW, TIME, 1));
        assertEquals(List.of("d", "b"), answer(plugin, plugin.train(store.training(1)), new RecommendationRequest(Optional.empty(),
                Optional.of("u"), Optional.empty(), List.of(), history, 10, product -> !product.equals("a") && !product.equals("c"))));
    }

    @Test
    void findsTheNextProductWhereTheOrderOfClicksTells() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(3);
        for (int visit = 0; visit < 600; visit++) {
            int start = random.nextInt(200);
            visit(store, "s" + visit, visit / 20, "p" + start, "p" + (start + 1) % 200, "p" + (start + 2) % 200, "p" + (start + 3) % 200);
        }
        SessionKnn plugin = plugin(store, 1000, 0);
        Sessions model = plugin.train(store.training(1));
        int hits = 0;
        for (int start = 0; start < 200; start++) {
            List<String> best = answer(plugin, model, during("p" + start, "p" + (start + 1) % 200));
            hits += best.subList(0, Math.min(3, best.size())).contains("p" + (start + 2) % 200) ? 1 : 0;
        }
        assertTrue(hits > 180, hits + " of 200 next products are among the first three");
    }

    @Test
    void keepsNoNameOfVisitsOrCustomers() throws Exception {
        SampleStore store = visit(new SampleStore(Locale.ENGLISH), "secret visit", 0, "a", "b").event("view", "secret customer", "v", "a",
                Double.NaN, TIME).event("view", "secret customer", "v", "b", Double.NaN, TIME);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin(store).write(plugin(store, 100, 0).train(store.training(1)), out);
        assertTrue(!out.toString(StandardCharsets.ISO_8859_1).contains("secret"));
    }

    @Test
    void refusesRecordsInWhichNothingFollowsAnything() {
        SampleStore store = visit(visit(new SampleStore(Locale.ENGLISH), "s", 0, "a"), "t", 0, "b");
        KontorException refused = assertThrows(KontorException.class, () -> plugin(store).train(store.training(1)));
        assertTrue(refused.getMessage().startsWith("No session"), refused.getMessage());
    }
}
