package io.kontor.inventory.seasonalnaive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeasonalNaiveTest {

    private static Forecast forecast(Locale locale, Step step, int horizon, double[] sold, double... quantiles) {
        double[] unknown = new double[sold.length];
        Arrays.fill(unknown, Double.NaN);
        DemandSeries history = new DemandSeries("p", "", LocalDate.of(2025, 1, 6), step, sold, unknown, unknown, unknown);
        return new SeasonalNaive(new SampleStore(locale)).forecast(new ForecastRequest(history, horizon, quantiles, new double[0],
                new double[0]));
    }

    @Test
    void repeatsTheLastWeek() {
        double[] sold = {9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7};
        Forecast forecast = forecast(Locale.ENGLISH, Step.DAY, 9, sold);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 1, 2}, forecast.mean());
        assertEquals("snaive", forecast.method());
        assertEquals("The same weekday of the last week.", forecast.reasons().get(0).text());
    }

    @Test
    void goesOnWithTheLastValueOfAShortSeries() {
        Forecast forecast = forecast(Locale.CHINESE, Step.WEEK, 2, new double[] {4, 6});
        assertArrayEquals(new double[] {6, 6}, forecast.mean());
        assertEquals("naive", forecast.method());
        assertEquals("与最近一期相同：历史不足两个季节。", forecast.reasons().get(0).text());
    }

    @Test
    void spreadsItsQuantilesLikeItsErrorsAndNeverBelowZero() {
        double[] sold = new double[400];
        Random random = new Random(5);
        Arrays.setAll(sold, i -> 100 + 10 * random.nextGaussian());
        Forecast forecast = forecast(Locale.ENGLISH, Step.DAY, 14, sold, 0.1, 0.5, 0.9);
        double width = forecast.quantiles()[2][0] - forecast.quantiles()[0][0];
        assertEquals(2 * 1.2816 * 10 * Math.sqrt(2), width, 4, "errors of two independent days");
        assertEquals(width * Math.sqrt(2), forecast.quantiles()[2][7] - forecast.quantiles()[0][7], 1e-9);
        Forecast small = forecast(Locale.ENGLISH, Step.DAY, 3, new double[] {0, 5, 0, 0}, 0.05);
        assertTrue(Arrays.stream(small.quantiles()[0]).allMatch(v -> v >= 0));
    }
}
