package io.kontor.recommend.userknn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.explain.Contribution;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserKnnTest extends TrainedRecommenderContract<PastCustomers> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(int neighbours, double shrinkage, int customers, int halfLifeDays) implements UserKnn.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return UserKnn.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<PastCustomers> plugin(SampleStore data) {
        return new UserKnn(new Given(0, 1, 50_000, 0), data);
    }

    private static UserKnn given(SampleStore data, int neighbours, int customers) {
        return new UserKnn(new Given(neighbours, 0, customers, 0), data);
    }

    private static RecommendationRequest visit(String... products) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(products), List.of(), 10, any -> true);
    }

    @Test
    void hearsThoseWhoAreMostAlike() {
        SampleStore store = new SampleStore(Locale.ENGLISH).product("a", "Teapot", 20);
        for (String line : List.of("u a b c", "v a b d", "w x y z", "q b z")) {
            String[] cells = line.split(" ");
            for (int i = 1; i < cells.length; i++) {
                store.purchase(cells[0], cells[i], TIME);
            }
        }
        UserKnn plugin = given(store, 2, 1_000);
        List<RankedItem> items = plugin.recommend(plugin.train(store.training(1)), visit("a", "b")).items();
        assertEquals(List.of("c", "d"), items.stream().map(RankedItem::product).filter(p -> !p.equals("a") && !p.equals("b")).toList());
        RankedItem first = items.stream().filter(item -> item.product().equals("c")).findFirst().orElseThrow();
        assertEquals("Customers who chose Teapot chose this too.", first.reasons().get(0).text());
        assertEquals(first.score(), first.explanation().orElseThrow().contributions().stream().mapToDouble(Contribution::amount).sum(), 1e-6);
    }

    @Test
    void holdsNoNamesOfCustomers() throws Exception {
        SampleStore store = TasteGroups.generate(2, 20, 12, 5, 3);
        UserKnn plugin = given(store, 5, 1_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(plugin.train(store.training(1)), out);
        assertFalse(out.toString(StandardCharsets.ISO_8859_1).contains("c0-1"), "the name of a customer");
    }

    @Test
    void keepsASampleOfManyCustomers() {
        SampleStore store = TasteGroups.generate(4, 60, 30, 8, 3);
        assertEquals(100, given(store, 5, 100).train(store.training(1)).rows().rows());
        assertEquals(240, given(store, 5, 1_000).train(store.training(1)).rows().rows());
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() throws Exception {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        TrainedRecommender<PastCustomers> plugin = plugin(store);
        PastCustomers model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 6, 60);
        // Popularity, which is the same in every group, would be right for one customer in six.
        assertTrue(own > 0.8, own + " of the products are to the customer's taste");
    }

    @Test
    void refusesDataInWhichNobodyChoseTwoProducts() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "a", TIME).purchase("v", "b", TIME).purchase(null, "c", TIME);
        KontorException refused = assertThrows(KontorException.class, () -> plugin(store).train(store.training(1)));
        assertTrue(refused.getMessage().startsWith("No two products"), refused.getMessage());
    }

    @Test
    void isSilentAboutPeopleItKnowsNothingOf() {
        SampleStore store = TasteGroups.generate(2, 20, 12, 5, 3);
        UserKnn plugin = given(store, 5, 1_000);
        assertTrue(plugin.recommend(plugin.train(store.training(1)), visit("new in the shop")).items().isEmpty());
    }
}
