package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlsoViewedTest extends TrainedRecommenderContract<Companions> {

    @Override
    protected SampleStore records() {
        return Busy.store();
    }

    @Override
    protected TrainedRecommender<Companions> plugin(SampleStore data) {
        return new AlsoViewed(DefaultSettings.of(AlsoViewed.Settings.class), data);
    }

    @Test
    void countsVisitsAndStaysWithinTheCategoryWhenAskedTo() throws Exception {
        SampleStore store = new SampleStore(Locale.SIMPLIFIED_CHINESE);
        for (String[] row : new String[][] {{"红茶", "茶/红茶"}, {"绿茶", "茶/红茶/礼盒"}, {"茶杯", "餐具"}}) {
            store.product(Map.of("id", row[0], "title", row[0], "category", row[1]));
        }
        for (int visit = 0; visit < 12; visit++) {
            String session = "s" + visit;
            for (String product : visit < 3 ? List.of("红茶", "绿茶", "茶杯") : List.of("袜子", "鞋" + visit % 3)) {
                store.event("view", null, session, product, Double.NaN, Busy.TIME);
            }
        }
        TrainedRecommender<Companions> plugin = plugin(store);
        Companions model = plugin.train(store.training(1));
        assertEquals(List.of("绿茶", "茶杯"), Busy.products(plugin.recommend(model, Busy.about("红茶"))));
        assertEquals("与红茶在同一次访问中被浏览3次。", Busy.said(plugin.recommend(model, Busy.about("红茶")), 0));
        AlsoViewed within = new AlsoViewed(new Given(2, Within.SAME_CATEGORY), store);
        assertEquals(List.of("绿茶"), Busy.products(within.recommend(model, Busy.about("红茶"))));
    }

    /** Settings as the operator may give them. */
    record Given(int least, String within) implements AlsoViewed.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return AlsoViewed.Settings.class;
        }
    }
}
