package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BestSellersTest extends TrainedRecommenderContract<Leaders> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Leaders> plugin(SampleStore data) {
        return new BestSellers(DefaultSettings.of(BestSellers.Settings.class), data);
    }

    @Test
    void countsTheLastThirtyDaysOnly() throws Exception {
        SampleStore store = BestSellersTest.store(Locale.ENGLISH);
        TrainedRecommender<Leaders> plugin = plugin(store);
        Ranking ranking = plugin.recommend(plugin.train(store.training(1)), Busy.of("anna"));
        assertEquals(List.of("now", "once"), Busy.products(ranking));
        assertEquals("Bought 12 times in the last 30 days.", Busy.said(ranking, 0));
        assertEquals("Bought once in the last 30 days.", Busy.said(ranking, 1));
        TrainedRecommender<Leaders> chinese = plugin(BestSellersTest.store(Locale.SIMPLIFIED_CHINESE));
        assertEquals("最近30天售出12次。", Busy.said(chinese.recommend(chinese.train(store.training(1)), Busy.of("anna")), 0));
    }

    private static SampleStore store(Locale locale) {
        SampleStore store = new SampleStore(locale);
        Busy.busy(store, "then", 40, 0, 50);
        Busy.busy(store, "now", 10, 0, 12);
        Busy.busy(store, "once", 0, 9, 1);
        return store;
    }
}
