package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BestConvertingTest extends TrainedRecommenderContract<Leaders> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Leaders> plugin(SampleStore data) {
        return new BestConverting(DefaultSettings.of(BestConverting.Settings.class), data);
    }

    @Test
    void holdsBackWhatRestsOnFewLooks() throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Busy.busy(store, "lucky", 1, 2, 1);
        Busy.busy(store, "good", 1, 400, 100);
        Busy.busy(store, "poor", 1, 400, 10);
        Busy.busy(store, "never seen", 0, 0, 7);
        TrainedRecommender<Leaders> plugin = plugin(store);
        Leaders model = plugin.train(store.training(1));
        assertEquals(List.of("good", "lucky", "poor"), Busy.products(plugin.recommend(model, Busy.of("anna"))));
        assertEquals("Bought 100 times for 400 looks.", Busy.said(plugin.recommend(model, Busy.of("anna")), 0));
        assertEquals((1 + 50 * 111 / 802.0) / 52, plugin.recommend(model, Busy.of("anna")).items().get(1).score(), 1e-12);
    }

    @Test
    void countsNoPurchaseFromBeforeTheFirstLook() throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Busy.busy(store, "sold before looks were told of", 5, 0, 40);
        Busy.busy(store, "sold before looks were told of", 1, 400, 20);
        Busy.busy(store, "good", 1, 400, 100);
        TrainedRecommender<Leaders> plugin = plugin(store);
        Leaders model = plugin.train(store.training(1));
        assertEquals(List.of("good", "sold before looks were told of"), Busy.products(plugin.recommend(model, Busy.of("anna"))));
        assertEquals("Bought 20 times for 400 looks.", Busy.said(plugin.recommend(model, Busy.of("anna")), 1));
    }
}
