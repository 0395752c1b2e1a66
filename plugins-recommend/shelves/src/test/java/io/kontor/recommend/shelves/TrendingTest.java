package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TrendingTest extends TrainedRecommenderContract<Leaders> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Leaders> plugin(SampleStore data) {
        return new Trending(DefaultSettings.of(Trending.Settings.class), data);
    }

    @Test
    void comparesEachProductWithItsOwnPast() throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int day = 1; day <= 56; day++) {
            Busy.busy(store, "steady best seller", day, 0, 20);
            Busy.busy(store, "rising", day, 0, day <= 7 ? 8 : 2);
            Busy.busy(store, "falling", day, 0, day <= 7 ? 2 : 8);
        }
        Busy.busy(store, "by chance", 50, 0, 1);
        Busy.busy(store, "by chance", 2, 0, 2);
        Busy.busy(store, "new", 1, 0, 12);
        Busy.busy(store, "new", 0, 0, 1);
        TrainedRecommender<Leaders> plugin = plugin(store);
        Leaders model = plugin.train(store.training(1));
        assertEquals(List.of("new", "rising", "by chance", "steady best seller", "falling"),
                Busy.products(plugin.recommend(model, Busy.of("anna"))));
        assertEquals("Chosen 13 times in the last 7 days and never before.", Busy.said(plugin.recommend(model, Busy.of("anna")), 0));
        String said = Busy.said(plugin.recommend(model, Busy.of("anna")), 1);
        assertTrue(said.matches("Chosen \\d+ times in the last 7 days: [34]\\.\\d times the usual."), said);
        double steady = plugin.recommend(model, Busy.of("anna")).items().get(3).score();
        assertTrue(steady > 0.7 && steady < 1, "the bound is a little below once the usual: " + steady);
    }
}
