package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Step;
import io.kontor.api.decision.Reason;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.platform.testkit.data.CornerShop;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** What is expected of every forecaster, with a model or without. */
final class ForecastRules {

    private static final double[] QUANTILES = {0.05, 0.5, 0.9, 0.99};
    private static final double[] NOTHING = new double[0];
    private static final int DAYS = 200;
    private static final int THREADS = 4;

    final SampleStore store = CornerShop.generate(Locale.ENGLISH, 6, DAYS, 3);

    /** Asks the plugin. */
    @FunctionalInterface
    interface Asking {

        Forecast forecast(ForecastRequest request);
    }

    List<ForecastRequest> requests() {
        DemandTable table = DemandTable.of(store.snapshot(), ZoneOffset.UTC, new SampleJob());
        List<ForecastRequest> requests = new ArrayList<>();
        for (String product : table.products()) {
            for (Step step : Step.values()) {
                table.series(product, "", step).ifPresent(series -> requests.add(new ForecastRequest(series, 5, QUANTILES, NOTHING, NOTHING)));
            }
        }
        return requests;
    }

    private static DemandSeries series(String product, Step step, double... sold) {
        double[] unknown = new double[sold.length];
        Arrays.fill(unknown, Double.NaN);
        return new DemandSeries(product, "", LocalDate.of(2024, 1, 1), step, sold, unknown, unknown, unknown);
    }

    static void check(ForecastRequest request, Forecast forecast) {
        String what = request.history().product() + " by " + request.history().step();
        assertEquals(request.horizon(), forecast.mean().length, what);
        assertEquals(request.quantiles().length, forecast.quantiles().length, what);
        for (int h = 0; h < request.horizon(); h++) {
            assertTrue(forecast.mean()[h] >= 0 && Double.isFinite(forecast.mean()[h]), what + " expects " + forecast.mean()[h]);
            double below = 0;
            for (double[] quantile : forecast.quantiles()) {
                assertTrue(quantile[h] >= below && Double.isFinite(quantile[h]), what + " has quantiles that cross or are below 0");
                below = quantile[h];
            }
        }
        assertFalse(forecast.method().isBlank(), "the method has a name");
        assertFalse(forecast.reasons().isEmpty(), "a forecast has a reason");
        for (Reason reason : forecast.reasons()) {
            assertTrue(reason.code().matches("[a-z0-9]+(-[a-z0-9]+)*"), reason.code());
            assertFalse(reason.text().isBlank() || reason.text().matches(".*\\{\\d.*"), reason.text());
        }
    }

    void forecastsEveryProductAtEveryStep(Asking plugin) {
        requests().forEach(request -> check(request, plugin.forecast(request)));
    }

    void forecastsWhatIsShortOrConstantOrNeverSoldOrUnknown(Asking plugin) {
        for (Step step : Step.values()) {
            for (DemandSeries series : List.of(series("p0", step, 3), series("p0", step, 0, 0), series("rare", step, new double[40]),
                    series("unknown", step, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5), series("huge", step, 1e12, 0, 3e12, 1e12, 2e12))) {
                ForecastRequest request = new ForecastRequest(series, 60, QUANTILES, NOTHING, NOTHING);
                check(request, plugin.forecast(request));
            }
        }
    }

    void answersWithoutQuantilesAndForLongHorizons(Asking plugin) {
        DemandSeries history = requests().get(0).history();
        check(new ForecastRequest(history, 1, NOTHING, NOTHING, NOTHING),
                plugin.forecast(new ForecastRequest(history, 1, NOTHING, NOTHING, NOTHING)));
        check(new ForecastRequest(history, 1000, QUANTILES, NOTHING, NOTHING),
                plugin.forecast(new ForecastRequest(history, 1000, QUANTILES, NOTHING, NOTHING)));
    }

    void takesPlannedPricesAndPromotions(Asking plugin) {
        DemandSeries history = requests().get(0).history();
        ForecastRequest planned = new ForecastRequest(history, 3, QUANTILES, new double[] {9, Double.NaN, 11}, new double[] {1, 0, Double.NaN});
        check(planned, plugin.forecast(planned));
    }

    void leavesTheHistoryAlone(Asking plugin) {
        ForecastRequest request = requests().get(0);
        double[] before = request.history().quantity().clone();
        plugin.forecast(request);
        assertArrayEquals(before, request.history().quantity());
    }

    void comesNearerThanNothing(Asking plugin) {
        double error = 0;
        double sold = 0;
        for (ForecastRequest request : requests()) {
            DemandSeries all = request.history();
            int known = all.quantity().length - 7;
            if (all.step() == Step.DAY && known >= 60 && !all.product().equals("out")) {
                UnaryOperator<double[]> cut = values -> Arrays.copyOf(values, known);
                DemandSeries history = new DemandSeries(all.product(), "", all.start(), all.step(), cut.apply(all.quantity()),
                        cut.apply(all.price()), cut.apply(all.promotion()), cut.apply(all.inStock()));
                Forecast forecast = plugin.forecast(new ForecastRequest(history, 7, QUANTILES, NOTHING, NOTHING));
                for (int h = 0; h < 7; h++) {
                    error += Math.abs(forecast.mean()[h] - all.quantity()[known + h]);
                    sold += all.quantity()[known + h];
                }
            }
        }
        assertTrue(error < 0.7 * sold, "the error is " + error / sold + " of what was sold");
    }

    void saysTheSameToManyThreadsAtOnce(Asking plugin) throws Exception {
        List<ForecastRequest> requests = requests();
        List<Forecast> alone = requests.stream().map(plugin::forecast).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<Forecast>>> together = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                together.add(threads.submit(() -> requests.stream().map(plugin::forecast).toList()));
            }
            for (Future<List<Forecast>> one : together) {
                for (int i = 0; i < alone.size(); i++) {
                    same(alone.get(i), one.get().get(i));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    static void same(Forecast expected, Forecast actual) {
        assertArrayEquals(expected.mean(), actual.mean());
        assertTrue(Arrays.deepEquals(expected.quantiles(), actual.quantiles()), "the same quantiles");
        assertEquals(expected.method(), actual.method());
        assertEquals(expected.reasons(), actual.reasons());
    }
}
