package io.kontor.recommend.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.content.Terms;
import io.kontor.api.content.Words;
import io.kontor.api.data.Interaction;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentRecommenderTest extends TrainedRecommenderContract<Taste> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    protected TrainedRecommender<Taste> plugin(SampleStore data) {
        return content(data);
    }

    private static ContentRecommender content(SampleStore data) {
        return new ContentRecommender(DefaultSettings.of(ContentRecommender.Settings.class), data, new Deployed(null));
    }

    static RecommendationRequest of(SampleStore store, String customer) {
        List<Interaction> history = store.history(customer, 500);
        return new RecommendationRequest(Optional.empty(), Optional.of(customer), Optional.empty(), List.of(), history, 10,
                product -> history.stream().noneMatch(deed -> deed.product().equals(product)));
    }

    static RecommendationRequest about(String product) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of(product), List.of(), List.of(), 10, other -> true);
    }

    static List<String> products(List<RankedItem> items) {
        return items.stream().map(RankedItem::product).toList();
    }

    static void add(SampleStore store, String id, String title, String category, String brand) {
        store.product(Map.of("id", id, "title", title, "category", category, "brand", brand));
    }

    /** Twenty who like tea and twenty who like running; each leaves some out. */
    private static SampleStore shop(Locale locale, String[] teas, String tea, String[] shoes, String shoe) {
        SampleStore store = new SampleStore(locale);
        for (int i = 0; i < teas.length; i++) {
            add(store, "tea" + i, teas[i], tea, "Leaf");
            add(store, "run" + i, shoes[i], shoe, "Swift");
        }
        for (int customer = 0; customer < 20; customer++) {
            for (int i = 0; i < teas.length; i++) {
                if ((customer + i) % 3 != 0) {
                    store.purchase("t" + customer, "tea" + i, TIME.plusSeconds(i)).purchase("r" + customer, "run" + i, TIME.plusSeconds(i));
                }
            }
        }
        return store;
    }

    static SampleStore english() {
        return shop(Locale.ENGLISH, new String[] {"Green tea", "Black tea", "Teapot of clay", "Jasmine tea", "Tea strainer", "Oolong tea"},
                "kitchen/tea", new String[] {"Running shoes", "Running socks", "Running shirt", "Running cap", "Trail shoes", "Running belt"},
                "sports/running");
    }

    @Test
    void recommendsAProductThatCameAfterTheTrainingToThoseOfItsTaste() {
        SampleStore store = english();
        ContentRecommender plugin = content(store);
        Taste model = plugin.train(store.training(1));
        assertEquals(List.of(), plugin.recommend(model, about("new")).items());
        add(store, "new", "White tea", "kitchen/tea", "Leaf");
        List<RankedItem> forTea = plugin.recommend(model, of(store, "t0")).items();
        assertEquals("tea", forTea.get(0).product().substring(0, 3));
        assertTrue(products(forTea).subList(0, 3).contains("new"), products(forTea).toString());
        List<String> forRunning = products(plugin.recommend(model, of(store, "r0")).items());
        assertTrue(!forRunning.contains("new") || forRunning.indexOf("new") > 1, forRunning.toString());
        RankedItem newcomer = forTea.get(products(forTea).indexOf("new"));
        assertTrue(newcomer.reasons().get(0).text().contains("ea"), newcomer.reasons().toString());
        assertEquals("New: nobody has chosen it yet.", newcomer.reasons().get(newcomer.reasons().size() - 1).text());
        Explanation explanation = newcomer.explanation().orElseThrow();
        assertEquals(newcomer.score(), explanation.output(), 1e-12);
        List<String> beside = products(plugin.recommend(model, about("new")).items());
        assertTrue(beside.subList(0, 5).stream().allMatch(product -> product.startsWith("tea")), "beside the new one: " + beside);
    }

    @Test
    void readsChinese() {
        SampleStore store = shop(Locale.SIMPLIFIED_CHINESE, new String[] {"明前龙井绿茶", "正山小种红茶", "宜兴紫砂茶壶", "茉莉花茶", "茶叶过滤网", "铁观音乌龙茶"},
                "厨房/茶", new String[] {"男士跑步鞋", "跑步袜子", "跑步短袖", "跑步帽", "越野跑步鞋", "跑步腰包"}, "运动/跑步");
        ContentRecommender plugin = content(store);
        Taste model = plugin.train(store.training(1));
        add(store, "new", "安吉白茶 绿茶", "厨房/茶", "Leaf");
        List<RankedItem> items = plugin.recommend(model, of(store, "t0")).items();
        assertTrue(products(items).subList(0, 3).contains("new"), products(items).toString());
        RankedItem newcomer = items.get(products(items).indexOf("new"));
        assertEquals("新品：尚无人选择过。", newcomer.reasons().get(newcomer.reasons().size() - 1).text());
    }

    @Test
    void recommendsByTextsAloneWhereNothingWasChosenTogether() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        add(store, "a", "Blue mug", "kitchen", "Clay");
        add(store, "b", "Red mug", "kitchen", "Clay");
        add(store, "c", "Garden hose", "garden", "Drop");
        store.purchase("u", "a", TIME).purchase("v", "b", TIME).purchase("w", "c", TIME);
        ContentRecommender plugin = content(store);
        List<RankedItem> items = plugin.recommend(plugin.train(store.training(1)), about("a")).items();
        assertEquals(List.of("b"), products(items));
        assertEquals("Resembles Blue mug.", items.get(0).reasons().get(0).text());
    }

    @Test
    void nothingIsRecommendedForBeingLikeItself() {
        SampleStore store = english();
        ContentRecommender plugin = content(store);
        Taste model = plugin.train(store.training(1));
        store.event("view", "visitor", "", "tea0", Double.NaN, TIME.plusSeconds(100));
        List<RankedItem> one = plugin.recommend(model, open(store, "visitor")).items();
        assertFalse(products(one).contains("tea0"), "only itself speaks for it: " + products(one));
        store.event("view", "visitor", "", "tea1", Double.NaN, TIME.plusSeconds(101));
        List<RankedItem> two = plugin.recommend(model, open(store, "visitor")).items();
        RankedItem first = two.get(products(two).indexOf("tea0"));
        assertEquals(List.of("tea1"), first.explanation().orElseThrow().contributions().stream().map(Contribution::value).toList());
        assertEquals(first.score(), first.explanation().orElseThrow().output(), 1e-12);
    }

    /** For somebody who may be shown again what was looked at. */
    private static RecommendationRequest open(SampleStore store, String customer) {
        return new RecommendationRequest(Optional.empty(), Optional.of(customer), Optional.empty(), List.of(), store.history(customer, 500), 10,
                product -> true);
    }

    @Test
    void offersWhatNobodyHasChosenYet() {
        SampleStore store = english();
        add(store, "unsold", "Assam tea", "kitchen/tea", "Leaf");
        ContentRecommender plugin = content(store);
        assertTrue(products(plugin.recommend(plugin.train(store.training(1)), of(store, "t0")).items()).contains("unsold"));
    }

    /** Says the same of every product, and nothing of pictures. */
    private record Saying(Terms terms) implements Newcomers.Source {

        @Override
        public Terms terms(String product) {
            return terms;
        }

        @Override
        public float[] vector(String product) {
            return null;
        }

        @Override
        public String imageUrl(String product) {
            return "";
        }

        @Override
        public Optional<float[]> look(String picture) {
            return Optional.empty();
        }
    }

    @Test
    void looksThroughTheCatalogueOnlyWhenItChanged() {
        SampleStore store = english();
        Taste model = content(store).train(store.training(1));
        Newcomers.Source nothing = new Saying(Terms.NONE);
        Newcomers before = Newcomers.none(model).with(model, new Newcomers.State(store.arrivals(), null, 0), nothing);
        assertSame(before, before.with(model, new Newcomers.State(store.arrivals(), null, 0), nothing));
        for (int i = 0; i < 120; i++) {
            add(store, "n" + i, "Tea " + i, "kitchen/tea", "Leaf");
        }
        Newcomers.State now = new Newcomers.State(store.arrivals(), null, 0);
        Newcomers first = before.with(model, now, new Saying(new Words().title("tea").terms()));
        assertEquals(12 + 50, first.items().size());
        Newcomers last = first.with(model, now, nothing).with(model, now, nothing);
        assertEquals(12 + 120, last.items().size());
        assertSame(last, last.with(model, now, nothing));
    }

    @Test
    void keepsNoCustomer() throws Exception {
        SampleStore store = english().purchase("secret customer", "tea1", TIME);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content(store).write(content(store).train(store.training(1)), out);
        assertTrue(!out.toString(StandardCharsets.ISO_8859_1).contains("secret"));
    }
}
