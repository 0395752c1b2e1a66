package io.kontor.recommend.mostpopular;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.api.data.StoreData;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MostPopularTest extends TrainedRecommenderContract<Popularity> {

    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    private record Given(int halfLifeDays) implements MostPopular.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return MostPopular.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<Popularity> plugin(SampleStore data) {
        return new MostPopular(new Given(0), data);
    }

    private static List<RankedItem> ask(MostPopular plugin, Popularity model) {
        return plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), 10,
                product -> true)).items();
    }

    private static List<RankedItem> learn(StoreData data, SampleStore store, int halfLifeDays) {
        MostPopular plugin = new MostPopular(new Given(halfLifeDays), data);
        return ask(plugin, plugin.train(store.training(1)));
    }

    private static SampleStore store(Locale locale) {
        SampleStore store = new SampleStore(locale);
        for (String customer : List.of("a", "b", "c")) {
            store.purchase(customer, "old", DAY);
        }
        store.purchase("a", "twice", DAY.plus(Duration.ofDays(1))).purchase("a", "twice", DAY.plus(Duration.ofDays(60)));
        return store.event("view", null, "s1", "new", Double.NaN, DAY.plus(Duration.ofDays(60)))
                .event("view", null, "s2", "new", Double.NaN, DAY.plus(Duration.ofDays(60)))
                .event("impression", null, "s3", "shown", Double.NaN, DAY);
    }

    @Test
    void countsCustomersAndSessionsNotDeeds() {
        SampleStore store = store(Locale.ENGLISH);
        List<RankedItem> items = learn(store, store, 0);
        assertEquals(List.of("old 3.0", "new 2.0", "twice 1.0"), items.stream().map(item -> item.product() + " " + item.score()).toList());
        assertEquals("Chosen by 3 customers.", items.get(0).reasons().get(0).text());
        assertEquals("Chosen by one customer.", items.get(2).reasons().get(0).text());
    }

    @Test
    void letsOldChoicesFade() {
        SampleStore store = store(Locale.ENGLISH);
        assertEquals(List.of("new", "twice", "old"), learn(store, store, 10).stream().map(RankedItem::product).toList());
    }

    @Test
    void countsAChoiceOneHalfLifeBeforeTheNewestHalf() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("a", "old", DAY).purchase("b", "old", DAY.minus(Duration.ofDays(10)))
                .purchase("a", "new", DAY.plus(Duration.ofDays(10)));
        assertEquals(List.of("new 1.0", "old 0.75"),
                learn(store, store, 10).stream().map(item -> item.product() + " " + item.score()).toList());
    }

    @Test
    void ordersEqualProductsByTheirId() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (String product : List.of("b", "d", "a", "c")) {
            store.purchase("u", product, DAY);
        }
        assertEquals(List.of("a", "b", "c", "d"), learn(store, store, 0).stream().map(RankedItem::product).toList());
    }

    @Test
    void takesNoNoticeOfReturnsAndOfDeedsOfNobody() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "kept", DAY).event("view", null, null, "seen", Double.NaN, DAY)
                .add(Entity.ORDERS, Map.of("orderId", "r", "time", DAY, "customerId", "v", "productId", "sent back", "quantity", -1.0,
                        "unitPrice", 1.0));
        assertEquals(List.of("kept"), learn(store, store, 0).stream().map(RankedItem::product).toList());
    }

    @Test
    void speaksTheStoresLanguage() {
        SampleStore store = store(Locale.CHINESE);
        assertEquals("3 位顾客选择过。", learn(store, store, 0).get(0).reasons().get(0).text());
    }

    @Test
    void speaksOfTheModelItIsAskedWithAndSaysTheSameAgain() {
        SampleStore store = store(Locale.ENGLISH);
        MostPopular plugin = new MostPopular(new Given(0), store);
        Popularity before = plugin.train(store.training(1));
        List<RankedItem> first = ask(plugin, before);
        assertEquals(first, ask(plugin, before));
        store.purchase("d", "old", DAY);
        assertEquals("Chosen by 4 customers.", ask(plugin, plugin.train(store.training(1))).get(0).reasons().get(0).text());
        assertEquals(first, ask(plugin, before));
    }
}
