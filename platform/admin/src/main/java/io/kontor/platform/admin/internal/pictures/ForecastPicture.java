package io.kontor.platform.admin.internal.pictures;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws a forecast: what was sold, what is expected, and the band between the lowest and the highest quantile. */
public final class ForecastPicture {

    private static final int SHORTEST_HISTORY = 56;

    private ForecastPicture() {
    }

    /**
     * What is expected.
     *
     * @param begin first day of the first period
     * @param step length of a period
     * @param mean expected units
     * @param levels quantiles asked for, ascending
     * @param quantiles units, one row a quantile
     */
    public record Expected(LocalDate begin, Step step, double[] mean, List<Double> levels, double[][] quantiles) {
    }

    /**
     * Draws.
     *
     * @param visit the request
     * @param title what it shows
     * @param history demand before; null when there is none any more
     * @param expected what is expected
     * @param marks upright lines
     * @return the picture
     */
    public static Chart of(Visit visit, String title, DemandSeries history, Expected expected, List<Chart.Mark> marks) {
        int horizon = expected.mean().length;
        double[] sold = history == null ? new double[0] : before(history, expected.begin());
        int shown = Math.min(sold.length, Math.max(SHORTEST_HISTORY, 3 * horizon));
        double[] x = new double[shown + horizon];
        for (int i = 0; i < x.length; i++) {
            x[i] = Chart.day(expected.step().plus(expected.begin(), i - shown));
        }
        List<Chart.Series> series = new ArrayList<>();
        int last = expected.levels().size() - 1;
        if (last > 0) {
            series.add(new Chart.Series(level(visit, expected.levels().get(last)), Chart.Look.BAND_TOP,
                    after(shown, expected.quantiles()[last])));
            series.add(new Chart.Series(level(visit, expected.levels().get(0)), Chart.Look.BAND_BOTTOM, after(shown, expected.quantiles()[0])));
        } else if (last == 0) {
            series.add(new Chart.Series(level(visit, expected.levels().get(0)), Chart.Look.DASHED, after(shown, expected.quantiles()[0])));
        }
        if (shown > 0) {
            double[] values = new double[x.length];
            Arrays.fill(values, Double.NaN);
            System.arraycopy(sold, sold.length - shown, values, 0, shown);
            series.add(new Chart.Series(visit.text("pictures.sold"), Chart.Look.LINE, values));
        }
        series.add(new Chart.Series(visit.text("pictures.expected"), Chart.Look.LINE, after(shown, expected.mean())));
        return new Chart(title, Chart.Axis.DAYS, visit.text("pictures.step." + expected.step().name()),
                visit.text("pictures.units." + expected.step().name()), x, series, marks);
    }

    private static String level(Visit visit, double level) {
        return visit.text("pictures.quantile", visit.format().percent(level));
    }

    private static double[] after(int shown, double[] values) {
        double[] all = new double[shown + values.length];
        Arrays.fill(all, 0, shown, Double.NaN);
        System.arraycopy(values, 0, all, shown, values.length);
        return all;
    }

    /** Demand of the periods before a day. */
    private static double[] before(DemandSeries history, LocalDate day) {
        int periods = 0;
        while (periods < history.quantity().length && history.step().plus(history.start(), periods).isBefore(day)) {
            periods++;
        }
        return Arrays.copyOf(history.quantity(), periods);
    }
}
