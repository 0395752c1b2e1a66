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

class MostViewedTest extends TrainedRecommenderContract<Leaders> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Leaders> plugin(SampleStore data) {
        return new MostViewed(DefaultSettings.of(MostViewed.Settings.class), data);
    }

    @Test
    void countsTheLastThirtyDaysOnly() throws Exception {
        SampleStore store = MostViewedTest.store(Locale.ENGLISH);
        TrainedRecommender<Leaders> plugin = plugin(store);
        Ranking ranking = plugin.recommend(plugin.train(store.training(1)), Busy.of("anna"));
        assertEquals(List.of("now", "once"), Busy.products(ranking));
        assertEquals("Looked at 12 times in the last 30 days.", Busy.said(ranking, 0));
        assertEquals("Looked at once in the last 30 days.", Busy.said(ranking, 1));
        TrainedRecommender<Leaders> chinese = plugin(MostViewedTest.store(Locale.SIMPLIFIED_CHINESE));
        assertEquals("最近30天被浏览12次。", Busy.said(chinese.recommend(chinese.train(store.training(1)), Busy.of("anna")), 0));
    }

    private static SampleStore store(Locale locale) {
        SampleStore store = new SampleStore(locale);
        Busy.busy(store, "then", 40, 50, 0);
        Busy.busy(store, "now", 10, 12, 0);
        Busy.busy(store, "once", 0, 1, 9);
        return store;
    }
}
