package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ViewedThenBoughtTest extends TrainedRecommenderContract<Companions> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Companions> plugin(SampleStore data) {
        return new ViewedThenBought(DefaultSettings.of(ViewedThenBought.Settings.class), data);
    }

    @Test
    void goesFromTheLookToThePurchaseAndNotBack() throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH).product("dear", "The dear one", 900);
        for (int i = 0; i < 5; i++) {
            store.event("view", "c" + i, "s" + i, "dear", Double.NaN, Busy.TIME).purchase("c" + i, "cheap", Busy.TIME.plusSeconds(600));
            store.event("view", "c" + i, "t" + i, "after", Double.NaN, Busy.TIME.plusSeconds(1_200));
            store.purchase("d" + i, "soap", Busy.TIME).event("view", "d" + i, "u" + i, "towel", Double.NaN, Busy.TIME.minusSeconds(9));
        }
        TrainedRecommender<Companions> plugin = plugin(store);
        Companions model = plugin.train(store.training(1));
        assertEquals(List.of("cheap"), Busy.products(plugin.recommend(model, Busy.about("dear"))));
        assertEquals("Bought by 5 customers who had looked at The dear one.", Busy.said(plugin.recommend(model, Busy.about("dear")), 0));
        assertEquals(List.of(), Busy.products(plugin.recommend(model, Busy.about("cheap"))));
        assertEquals(List.of(), Busy.products(plugin.recommend(model, Busy.about("after"))));
    }
}
