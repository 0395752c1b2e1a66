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

class MostCartedTest extends TrainedRecommenderContract<Leaders> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Leaders> plugin(SampleStore data) {
        return new MostCarted(DefaultSettings.of(MostCarted.Settings.class), data);
    }

    @Test
    void countsTheLastThirtyDaysOnly() throws Exception {
        SampleStore store = MostCartedTest.store(Locale.ENGLISH);
        TrainedRecommender<Leaders> plugin = plugin(store);
        Ranking ranking = plugin.recommend(plugin.train(store.training(1)), Busy.of("anna"));
        assertEquals(List.of("now", "once"), Busy.products(ranking));
        assertEquals("Put into a cart 2 times in the last 30 days.", Busy.said(ranking, 0));
        assertEquals("Put into a cart once in the last 30 days.", Busy.said(ranking, 1));
        TrainedRecommender<Leaders> chinese = plugin(MostCartedTest.store(Locale.SIMPLIFIED_CHINESE));
        assertEquals("最近30天被加入购物车2次。", Busy.said(chinese.recommend(chinese.train(store.training(1)), Busy.of("anna")), 0));
    }

    private static SampleStore store(Locale locale) {
        SampleStore store = new SampleStore(locale);
        store.event("cart", null, "s", "then", Double.NaN, Busy.TIME.minusSeconds(40 * 86_400));
        store.event("cart", null, "s", "now", Double.NaN, Busy.TIME.minusSeconds(86_400));
        store.event("cart", null, "t", "now", Double.NaN, Busy.TIME.minusSeconds(86_400));
        store.event("cart", null, "t", "once", Double.NaN, Busy.TIME);
        return store;
    }
}
