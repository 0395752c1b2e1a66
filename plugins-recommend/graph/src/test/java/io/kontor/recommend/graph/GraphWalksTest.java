package io.kontor.recommend.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Choices;
import io.kontor.api.data.Entity;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphWalksTest extends TrainedRecommenderContract<GraphModel> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(double attributes, double restart, double popularity, int neighbours, int halfLifeDays) implements GraphWalks.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return GraphWalks.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<GraphModel> plugin(SampleStore data) {
        return new GraphWalks(new Given(0.2, 0.5, -1, 100, 0), data);
    }

    private static SampleStore item(SampleStore store, String id, String brand, String category) {
        return store.add(Entity.PRODUCTS, Map.of("id", id, "title", id, "price", 1.0, "brand", brand, "category", category));
    }

    /** Teapots of two brands and a book; nobody chose the kettle yet. */
    private static SampleStore shop(Locale locale) {
        SampleStore store = new SampleStore(locale).product("pot", "Teapot", 20);
        item(store, "pot", "Brown", "kitchen/tea");
        item(store, "cup", "Green", "kitchen/tea");
        item(store, "kettle", "Brown", "kitchen/water");
        item(store, "book", "Print", "books");
        return store.purchase("u", "pot", TIME).purchase("u", "cup", TIME).purchase("v", "pot", TIME).purchase("v", "cup", TIME)
                .purchase("w", "book", TIME).purchase("w", "cup", TIME);
    }

    private static RecommendationRequest about(String product) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of(product), List.of(), List.of(), 10, any -> true);
    }

    private List<RankedItem> items(SampleStore store, String product) throws Exception {
        TrainedRecommender<GraphModel> plugin = plugin(store);
        return plugin.recommend(plugin.train(store.training(1)), about(product)).items();
    }

    private static String reason(List<RankedItem> items, String product) {
        return items.stream().filter(item -> item.product().equals(product)).findFirst().orElseThrow().reasons().get(0).text();
    }

    @Test
    void reachesProductsThatNobodyChoseYetAndSaysOverWhat() throws Exception {
        List<RankedItem> items = items(shop(Locale.ENGLISH), "pot");
        assertEquals("cup", items.get(0).product());
        assertEquals("Customers who chose Teapot chose this too.", reason(items, "cup"));
        assertEquals("You chose Teapot; its brand Brown also makes this.", reason(items, "kettle"));
        assertEquals("您选择过Teapot；它的品牌Brown也出品这件商品。", reason(items(shop(Locale.SIMPLIFIED_CHINESE), "pot"), "kettle"));
    }

    @Test
    void namesTheNearestCategoryAndAttributesInCommon() throws Exception {
        SampleStore store = shop(Locale.ENGLISH);
        item(store, "spoon", "Silver", "kitchen/tea");
        store.add(Entity.PRODUCTS, Map.of("id", "pen", "title", "Pen", "price", 1.0, "attr.colour", "red"));
        store.add(Entity.PRODUCTS, Map.of("id", "ink", "title", "Ink", "price", 1.0, "attr.colour", "red"));
        assertEquals("You chose Teapot; this is in kitchen/tea too.", reason(items(store, "pot"), "spoon"));
        assertEquals("You chose pen; this is red too.", reason(items(store, "pen"), "ink"));
    }

    @Test
    void pushesWhatAWalkReaches() {
        // a - u - b only: a walk that ends with one half at each step is at b after 2, 6, 10, ... steps.
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "a", TIME).purchase("u", "b", TIME);
        GraphModel model = new GraphWalks(new Given(0.2, 0.5, 0.8, 10, 0), store).train(store.training(1));
        // After 2 k steps it is at either product as likely: half of the sum over k from 1 of 1/2 (1/4)^k.
        double reached = 0.5 * 0.5 * (1 / 4.0) / (1 - 1 / 4.0);
        assertEquals(reached * Math.pow(2, 0.8 - 0.65),
                model.walks().similarity(model.items().indexOf("a"), model.items().indexOf("b")), 1e-4);
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() throws Exception {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        TrainedRecommender<GraphModel> plugin = plugin(store);
        GraphModel model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 6, 60);
        // Popularity, which is the same in every group, would be right for one customer in six.
        assertTrue(own > 0.8, own + " of the products are to the customer's taste");
    }

    @Test
    void heedsAttributesLessWhereTheySayNothingOfTaste() {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        for (int product = 0; product < 300; product++) {
            store.add(Entity.PRODUCTS, Map.of("id", "p" + product % 6 + "-" + product / 6, "title", "t", "price", 1.0,
                    "brand", "b" + product / 6));
        }
        Choices choices = Choices.read(store.training(1), 0);
        Features features = Features.read(store.snapshot(), choices.items());
        WalkSearch.Favour chosen = new WalkSearch(features, -1, 0.5, 0.8, 100).best(choices, 1, store.training(1).job());
        assertTrue(chosen.attributes() < 0.2, chosen.toString());
        assertEquals(0.8, chosen.popularity());
        assertEquals(new WalkSearch.Favour(0.3, 0.9),
                new WalkSearch(features, 0.3, 0.5, 0.9, 100).best(choices, 1, store.training(1).job()));
    }

    @Test
    void refusesDataInWhichNothingGoesTogether() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "a", TIME).purchase("v", "b", TIME).purchase(null, "c", TIME);
        KontorException refused = assertThrows(KontorException.class, () -> plugin(store).train(store.training(1)));
        assertTrue(refused.getMessage().startsWith("No walk leads"), refused.getMessage());
    }
}
