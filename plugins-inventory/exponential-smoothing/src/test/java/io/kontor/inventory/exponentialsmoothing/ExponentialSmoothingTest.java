package io.kontor.inventory.exponentialsmoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Step;
import io.kontor.api.decision.Reason;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.model.Training;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ExponentialSmoothingTest {

    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final int HORIZON = 28;
    private static final double[] QUANTILES = {0.1, 0.5, 0.9};
    private static final double[] WEEK = {0.8, 0.7, 0.8, 0.9, 1.2, 1.5, 1.1};

    private final SampleStore store = new SampleStore(Locale.ENGLISH);
    private final ExponentialSmoothing plugin = new ExponentialSmoothing(settings(0.9), store);

    private static ExponentialSmoothing.Settings settings(double leastInStock) {
        return new ExponentialSmoothing.Settings() {

            @Override
            public Class<? extends Annotation> annotationType() {
                return ExponentialSmoothing.Settings.class;
            }

            @Override
            public double leastInStock() {
                return leastInStock;
            }
        };
    }

    private void sell(SampleStore to, String product, int day, double quantity, boolean inStock) {
        to.add(Entity.SALES, Map.of("productId", product, "date", BEGIN.plusSeconds(86_400L * day), "quantity", quantity,
                "inStock", inStock ? 1.0 : 0.0));
    }

    private static int poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int k = 0;
        while (product > limit) {
            product *= random.nextDouble();
            k++;
        }
        return k;
    }

    /** Products of different levels and trends with a weekly pattern, sold by chance, with a few days out of stock. */
    private double[][] shop(SampleStore to, int products, int days) {
        Random random = new Random(11);
        double[][] sold = new double[products][days];
        for (int p = 0; p < products; p++) {
            double level = Math.exp(0.5 + 2.5 * random.nextDouble());
            double trend = (random.nextDouble() - 0.4) / 400;
            for (int day = 0; day < days; day++) {
                boolean out = day < days - HORIZON && day % 97 > 92 - p % 3;
                sold[p][day] = out ? 0 : poisson(random, Math.min(150, level * (1 + trend * day) * WEEK[day % 7]));
                sell(to, "p" + p, day, sold[p][day], !out);
            }
        }
        return sold;
    }

    private static byte[] bytes(ExponentialSmoothing plugin, Patterns model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(model, out);
        return out.toByteArray();
    }

    private Forecast forecast(Patterns model, DemandSeries history) {
        return plugin.forecast(model, new ForecastRequest(history, HORIZON, QUANTILES, new double[0], new double[0]));
    }

    private DemandSeries series(SampleStore from, String product, Step step) {
        return DemandTable.of(from.snapshot(), ZoneOffset.UTC, new SampleJob()).series(product, "", step).orElseThrow();
    }

    @Test
    void beatsTheSeasonalNaiveForecastAndKnowsHowFarItMayBeWrong() {
        SampleStore all = new SampleStore(Locale.ENGLISH);
        int products = 40;
        double[][] sold = shop(all, products, 364);
        for (int p = 0; p < products; p++) {
            for (int day = 0; day < 364 - HORIZON; day++) {
                sell(store, "p" + p, day, sold[p][day], sold[p][day] > 0 || day % 97 <= 92 - p % 3);
            }
        }
        Patterns model = plugin.train(store.training(1));
        double own = 0;
        double naive = 0;
        double covered = 0;
        for (int p = 0; p < products; p++) {
            DemandSeries history = series(store, "p" + p, Step.DAY);
            Forecast forecast = forecast(model, history);
            double[] past = history.quantity();
            double scale = 0;
            for (int t = 7; t < past.length; t++) {
                scale += Math.abs(past[t] - past[t - 7]) / (past.length - 7);
            }
            for (int h = 0; h < HORIZON; h++) {
                double actual = sold[p][past.length + h];
                own += Math.abs(actual - forecast.mean()[h]) / scale;
                naive += Math.abs(actual - past[past.length - 7 + h % 7]) / scale;
                covered += actual <= forecast.quantiles()[2][h] ? 1 : 0;
            }
        }
        assertTrue(own < 0.8 * naive, "error " + own + " against " + naive);
        double share = covered / products / HORIZON;
        assertTrue(share > 0.86 && share < 0.95, "nine of ten should lie below the quantile 0.9, not " + share);
    }

    @Test
    void takesDaysOutOfStockForNoDemandToLearnFrom() {
        SampleStore empty = new SampleStore(Locale.ENGLISH);
        for (int day = 0; day < 200; day++) {
            boolean out = day % 10 < 3;
            sell(empty, "p", day, out ? 0 : 10 + day % 2, !out);
        }
        Patterns model = plugin.train(empty.training(1));
        Forecast forecast = forecast(model, series(empty, "p", Step.DAY));
        assertEquals(10.5, Arrays.stream(forecast.mean()).average().orElseThrow(), 0.3);
        Reason last = forecast.reasons().get(forecast.reasons().size() - 1);
        assertEquals("out-of-stock", last.code());
        assertEquals("60 periods out of stock were passed over.", last.text());
    }

    @Test
    void findsATrendAndAYearlySeason() {
        SampleStore grown = new SampleStore(Locale.CHINESE);
        for (int day = 0; day < 3 * 364; day++) {
            sell(grown, "p", day, Math.rint((50 + day / 20.0) * (1 + 0.4 * Math.sin(2 * Math.PI * day / 364))), true);
        }
        ExponentialSmoothing chinese = new ExponentialSmoothing(settings(0.9), grown);
        Patterns model = chinese.train(grown.training(1));
        DemandSeries weeks = series(grown, "p", Step.WEEK);
        Forecast forecast = chinese.forecast(model, new ForecastRequest(weeks, 26, QUANTILES, new double[0], new double[0]));
        for (int h = 0; h < 26; h++) {
            double expected = 0;
            for (int day = 0; day < 7; day++) {
                int at = (weeks.quantity().length + h) * 7 + day;
                expected += (50 + at / 20.0) * (1 + 0.4 * Math.sin(2 * Math.PI * at / 364));
            }
            assertEquals(expected, forecast.mean()[h], 0.1 * expected, "week " + h);
        }
        assertTrue(forecast.reasons().stream().anyMatch(reason -> reason.text().equals("参考往年同期。")), forecast.reasons().toString());
    }

    @Test
    void neverExpectsLessThanNothingAndKeepsQuantilesInOrder() {
        SampleStore ending = new SampleStore(Locale.ENGLISH);
        for (int day = 0; day < 120; day++) {
            sell(ending, "p", day, Math.max(0, 60 - day), true);
            sell(ending, "q", day, day % 15 == 0 ? 1 : 0, true);
        }
        Patterns model = plugin.train(ending.training(1));
        for (String product : List.of("p", "q")) {
            for (Step step : Step.values()) {
                Forecast forecast = forecast(model, series(ending, product, step));
                for (int h = 0; h < HORIZON; h++) {
                    assertTrue(forecast.mean()[h] >= 0 && forecast.quantiles()[0][h] >= 0);
                    assertTrue(forecast.quantiles()[0][h] <= forecast.quantiles()[1][h]);
                    assertTrue(forecast.quantiles()[1][h] <= forecast.quantiles()[2][h]);
                    assertTrue(Double.isFinite(forecast.quantiles()[2][h]));
                }
            }
        }
    }

    @Test
    void learnsTheSameFromTheSameDataAndAnswersTheSameAfterItWasWritten() throws Exception {
        shop(store, 6, 200);
        Patterns model = plugin.train(store.training(1));
        byte[] written = bytes(plugin, model);
        assertArrayEquals(written, bytes(plugin, plugin.train(store.training(2))));
        Patterns read = plugin.read(new ByteArrayInputStream(written));
        assertArrayEquals(written, bytes(plugin, read));
        DemandSeries history = series(store, "p3", Step.DAY);
        assertArrayEquals(forecast(model, history).mean(), forecast(read, history).mean(), 1e-3);
    }

    @Test
    void forecastsAProductThatIsNew() {
        shop(store, 2, 100);
        Patterns model = plugin.train(store.training(1));
        sell(store, "new", 98, 4, true);
        sell(store, "new", 99, 6, true);
        Forecast forecast = forecast(model, series(store, "new", Step.DAY));
        assertEquals("ets(A,N,N)", forecast.method());
        assertTrue(forecast.mean()[0] > 3 && forecast.mean()[0] < 7, Arrays.toString(forecast.mean()));
    }

    @Test
    void refusesADamagedModel() throws Exception {
        shop(store, 3, 100);
        byte[] whole = bytes(plugin, plugin.train(store.training(1)));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2))));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(new byte[64])));
    }

    @Test
    void saysThatThereIsNothingToLearnFromAndStopsWhenItIsCancelled() {
        KontorException refused = assertThrows(KontorException.class, () -> plugin.train(store.training(1)));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        shop(store, 3, 100);
        assertThrows(CancellationException.class, () -> plugin.train(new Training(store.snapshot(), 1, new SampleJob(0))));
    }
}
