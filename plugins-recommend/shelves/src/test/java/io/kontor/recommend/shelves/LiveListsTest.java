package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lists that learn nothing. */
class LiveListsTest {

    /** Settings as the operator may give them. */
    record Given(String within) implements NewArrivals.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return NewArrivals.Settings.class;
        }
    }

    @Test
    void aProductIsNewAsSoonAsItIsThere() {
        SampleStore store = new SampleStore(Locale.ENGLISH).product(Map.of("id", "undated"))
                .product(Map.of("id", "old", "category", "a", "createdAt", Busy.TIME.minusSeconds(86_400)));
        NewArrivals plugin = new NewArrivals(new Given(Within.ALL), store);
        assertEquals(List.of("old", "undated"), Busy.products(plugin.recommend(Busy.of("anna"))));
        store.product(Map.of("id", "new", "category", "a/b", "createdAt", Busy.TIME));
        assertEquals(List.of("new", "old", "undated"), Busy.products(plugin.recommend(Busy.of("anna"))));
        assertEquals("New in the shop since March 1, 2026.", Busy.said(plugin.recommend(Busy.of("anna")), 0));
        assertEquals("New in the shop.", Busy.said(plugin.recommend(Busy.of("anna")), 2));
        assertEquals(List.of("new"), Busy.products(new NewArrivals(new Given(Within.SAME_CATEGORY), store).recommend(Busy.about("old"))));
    }

    @Test
    void whatWasLookedAtLastComesFirst() {
        SampleStore store = new SampleStore(Locale.SIMPLIFIED_CHINESE);
        List<Interaction> history = List.of(deed("a", Interaction.Type.CART), deed("b", Interaction.Type.PURCHASE),
                deed("a", Interaction.Type.VIEW),
                deed("c", Interaction.Type.CLICK), deed("d", Interaction.Type.IMPRESSION), deed("x", Interaction.Type.VIEW));
        RecentlyViewed plugin = new RecentlyViewed(DefaultSettings.of(RecentlyViewed.Settings.class), store);
        RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.of("anna"), Optional.of("x"), List.of("e", "f"),
                history, 10, product -> !product.equals("e"));
        assertEquals(List.of("f", "a", "c"), Busy.products(plugin.recommend(request)));
        assertEquals("您在本次访问中浏览过。", Busy.said(plugin.recommend(request), 0));
        assertEquals("您在2026年3月1日加入过购物车。", Busy.said(plugin.recommend(request), 1));
    }

    private static Interaction deed(String product, Interaction.Type type) {
        return new Interaction(product, type, Busy.TIME, 1);
    }
}
