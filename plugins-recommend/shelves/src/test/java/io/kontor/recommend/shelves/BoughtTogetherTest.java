package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoughtTogetherTest extends TrainedRecommenderContract<Companions> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Companions> plugin(SampleStore data) {
        return new BoughtTogether(DefaultSettings.of(BoughtTogether.Settings.class), data);
    }

    @Test
    void ranksByTheLikelihoodRatioAndNotByFrequency() throws Exception {
        SampleStore store = order(new SampleStore(Locale.ENGLISH).product("pan", "Frying pan", 20), "1", "pan", "lid", "bag");
        order(order(order(store, "2", "pan", "lid", "bag"), "3", "pan", "lid", "bag"), "4", "pan", "knife");
        for (int i = 5; i < 40; i++) {
            order(store, "" + i, "bag", i % 2 == 0 ? "soap" : "towel");
        }
        TrainedRecommender<Companions> plugin = plugin(store);
        Companions model = plugin.train(store.training(1));
        assertEquals(List.of("lid"), Busy.products(plugin.recommend(model, Busy.about("pan"))));
        assertEquals("Bought together with Frying pan 3 times.", Busy.said(plugin.recommend(model, Busy.about("pan")), 0));
        assertEquals(List.of("towel", "soap", "lid"), Busy.products(plugin.recommend(model, Busy.about("bag"))));
    }

    @Test
    void computesTheRatioOfDunning() {
        // The first row of table 2 of the paper: "the swiss", 110 times, of 2,442 and 111 others.
        assertEquals(270.72, Companions.ratio(110, 2_552, 221, 31_777), 0.01);
        assertEquals(0, Companions.ratio(1, 10, 10, 100));
    }

    @Test
    void takesWhatACustomerOrdersOnOneDayForOneOrder() throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int day = 0; day < 4; day++) {
            store.purchase("anna", "tea", Busy.TIME.plusSeconds(day * 86_400L));
            store.purchase("anna", "cup", Busy.TIME.plusSeconds(day * 86_400L + 60));
            store.purchase("anna", "other" + day, Busy.TIME.plusSeconds(86_400L * (day + 20)));
        }
        TrainedRecommender<Companions> plugin = plugin(store);
        assertEquals(List.of("cup"), Busy.products(plugin.recommend(plugin.train(store.training(1)), Busy.about("tea"))));
    }

    private static SampleStore order(SampleStore store, String order, String... products) {
        for (String product : products) {
            store.add(Entity.ORDERS, Map.of("orderId", order, "time", Busy.TIME, "productId", product, "quantity", 1.0, "unitPrice", 1.0));
        }
        return store;
    }
}
