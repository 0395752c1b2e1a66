package io.kontor.inventory.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Step;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.metric.ErrorMetrics;
import io.kontor.api.model.MemberShare;
import io.kontor.api.model.Training;
import io.kontor.platform.testkit.data.CornerShop;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.SampleMembers;
import io.kontor.platform.testkit.model.TrainedForecasterContract;
import java.lang.annotation.Annotation;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastEnsembleTest extends TrainedForecasterContract<Blend> {

    private static final double[] NOTHING = new double[0];
    private static final double[] LEVELS = {0.5, 0.9};
    private static final int HORIZON = 28;
    private static final int DAYS = 300;
    private static final String HEART = "com.acme.heart";

    private record Given(String method, int folds) implements ForecastEnsemble.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return ForecastEnsemble.Settings.class;
        }
    }

    private static SampleMembers members() {
        return new SampleMembers().with("com.acme.latest", Simple.latest(28)).with("com.acme.weekday", Simple.weekday());
    }

    private static ForecastEnsemble ensemble(String method, SampleStore data, SampleMembers members) {
        return new ForecastEnsemble(new Given(method, 3), data, members);
    }

    @Override
    protected TrainedForecaster<Blend> plugin(SampleStore data) {
        return ensemble("stacking", data, members());
    }

    private static DemandTable table(SampleStore store) {
        return DemandTable.of(store.snapshot(), ZoneOffset.UTC, new SampleJob());
    }

    private static LocalDate origin(DemandTable table) {
        return table.lastDay().orElseThrow().minusDays(HORIZON - 1);
    }

    private static Training before(SampleStore store) {
        DemandTable table = table(store);
        return new Training(store.snapshot().window(null, table.begin(origin(table))), 7, new SampleJob());
    }

    /** The mean absolute scaled error and the mean pinball loss of the quantile 0.9 after the origin. */
    private static double[] losses(SampleStore store, Forecaster forecaster) {
        DemandTable whole = table(store);
        DemandTable known = whole.before(origin(whole));
        double[] sums = new double[2];
        for (String product : known.products()) {
            DemandSeries history = known.series(product, "", Step.DAY).orElseThrow();
            double[] all = whole.series(product, "", Step.DAY).orElseThrow().quantity();
            double[] actual = Arrays.copyOfRange(all, all.length - HORIZON, all.length);
            double scale = ErrorMetrics.absoluteScale(history.quantity(), 7);
            var forecast = forecaster.forecast(new ForecastRequest(history, HORIZON, LEVELS, NOTHING, NOTHING));
            sums[0] += ErrorMetrics.mase(actual, forecast.mean(), scale) / known.products().size();
            sums[1] += ErrorMetrics.scaledPinball(actual, forecast.quantiles()[1], 0.9, scale) / known.products().size();
        }
        return sums;
    }

    @ParameterizedTest
    @ValueSource(strings = {"average", "stacking", "segments"})
    void isAboutAsGoodAsItsBestMemberAndBetterThanTheMeanOne(String method) {
        SampleStore store = CornerShop.generate(Locale.ENGLISH, 40, DAYS, 11);
        double[] latest = losses(store, Simple.latest(28));
        double[] weekday = losses(store, Simple.weekday());
        ForecastEnsemble plugin = ensemble(method, store, members());
        Blend model = plugin.train(before(store));
        double[] own = losses(store, request -> plugin.forecast(model, request));
        for (int i = 0; i < 2; i++) {
            String figures = method + " " + i + ": " + own[i] + ", latest " + latest[i] + ", weekday " + weekday[i];
            assertTrue(own[i] < (latest[i] + weekday[i]) / 2, figures);
            if (method.equals("stacking") || i == 0 && method.equals("segments")) {
                assertTrue(own[i] < 1.03 * Math.min(latest[i], weekday[i]), figures);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stacking", "segments"})
    void aMemberThatKnowsItsPeriodsByHeartIsNotListenedTo(String method) {
        SampleStore store = CornerShop.generate(Locale.ENGLISH, 20, DAYS, 11);
        ByHeart heart = new ByHeart();
        var known = heart.train(store.training(1));
        assertEquals(0, losses(store, request -> heart.forecast(known, request))[0], "what it has seen it knows");
        Blend model = ensemble(method, store, members().with(HEART, heart)).train(store.training(1));
        for (MemberShare share : model.shares()) {
            assertTrue(!share.plugin().equals(HEART) || share.weight() == 0, model.shares().toString());
            assertTrue(!share.plugin().equals(HEART) || !share.segment().isEmpty() || share.loss() > 1, model.shares().toString());
        }
    }

    @Test
    void aMemberThatHasGoneIsLeftOutAndWithoutAnyTheGuardFallsBack() {
        SampleStore store = CornerShop.generate(Locale.ENGLISH, 10, DAYS, 11);
        SampleMembers members = members();
        ForecastEnsemble plugin = ensemble("average", store, members);
        Blend model = plugin.train(store.training(1));
        DemandSeries history = table(store).series(table(store).products().get(0), "", Step.DAY).orElseThrow();
        ForecastRequest request = new ForecastRequest(history, 14, LEVELS, NOTHING, NOTHING);
        assertEquals("0.50 mean28 + 0.50 weekday", plugin.forecast(model, request).method());
        members.remove("com.acme.latest");
        assertArrayEquals(Simple.weekday().forecast(request).mean(), plugin.forecast(model, request).mean());
        members.remove("com.acme.weekday");
        assertThrows(KontorException.class, () -> plugin.forecast(model, request));
    }
}
