package io.kontor.platform.admin.internal.search;

import io.kontor.platform.admin.internal.models.Metric;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Chart.Axis;
import io.kontor.platform.admin.internal.shell.Chart.Look;
import io.kontor.platform.admin.internal.shell.Chart.Series;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.models.SettingRange;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A search as pictures: the metric trial by trial with the best so far, and over the values of each setting. */
final class SearchCharts {

    private static final double TWO_DECADES = 100;

    private final Visit visit;
    private final Names names;
    private final SettingsSearch search;
    private final String metric;
    private final List<Trial> whole;

    SearchCharts(Visit visit, Names names, SettingsSearch search) {
        this.visit = visit;
        this.names = names;
        this.search = search;
        this.metric = search.metric() == null ? "" : Metric.label(visit, search.metric().name());
        this.whole = search.trials().stream().filter(trial -> trial.share() >= 1 && !trial.failed()).toList();
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        if (search.trials().size() < 2) {
            return charts;
        }
        charts.add(byTrial());
        for (SettingRange range : search.terms().ranges()) {
            charts.add(range.values().isEmpty() ? byNumber(range) : byValue(range));
        }
        return charts;
    }

    private boolean better(double one, double other) {
        return Double.isNaN(other) || (search.metric().higherIsBetter() ? one > other : one < other);
    }

    private Chart byTrial() {
        List<Trial> trials = search.trials().subList(1, search.trials().size());
        double[] x = trials.stream().mapToDouble(Trial::number).toArray();
        double[] best = new double[x.length];
        double[] present = new double[x.length];
        Arrays.fill(present, search.trials().get(SettingsSearch.PRESENT).score());
        double so = Double.NaN;
        for (int i = 0; i < x.length; i++) {
            Trial trial = trials.get(i);
            if (!trial.failed() && trial.share() >= 1 && better(trial.score(), so)) {
                so = trial.score();
            }
            best[i] = so;
        }
        return new Chart(visit.text("search.chart.trials", metric), Axis.NUMBERS, visit.text("search.trial"), metric, x,
                List.of(new Series(visit.text("search.score"), Look.POINTS, trials.stream().mapToDouble(Trial::score).toArray()),
                        new Series(visit.text("search.chart.best"), Look.LINE, best, "good"),
                        new Series(visit.text("search.present"), Look.DASHED, present, "warn")), List.of()).closer();
    }

    private Chart byNumber(SettingRange range) {
        boolean log = range.min() > 0 && range.max() / range.min() > TWO_DECADES;
        List<Trial> sorted = whole.stream().filter(trial -> trial.settings().get(range.name()) instanceof Number number
                && (!log || number.doubleValue() > 0)).sorted(Comparator.comparingDouble(trial -> number(trial, range.name()))).toList();
        double[] x = sorted.stream().mapToDouble(trial -> number(trial, range.name())).map(value -> log ? Math.log10(value) : value).toArray();
        String name = names.setting(visit, search.plugin(), range.name());
        return new Chart(name, Axis.NUMBERS, log ? visit.text("search.chart.log", name) : name, metric, x, series(sorted), List.of())
                .closer();
    }

    private static double number(Trial trial, String name) {
        return ((Number) trial.settings().get(name)).doubleValue();
    }

    private List<Series> series(List<Trial> trials) {
        double[] tried = trials.stream().mapToDouble(trial -> trial.number() == SettingsSearch.PRESENT ? Double.NaN : trial.score()).toArray();
        double[] present = trials.stream().mapToDouble(trial -> trial.number() == SettingsSearch.PRESENT ? trial.score() : Double.NaN).toArray();
        return List.of(new Series(visit.text("search.score"), Look.POINTS, tried),
                new Series(visit.text("search.present"), Look.POINTS, present, "warn"));
    }

    /** The best of each value. */
    private Chart byValue(SettingRange range) {
        List<String> labels = range.values().stream().map(value -> value(visit, value)).toList();
        double[] best = new double[labels.size()];
        Arrays.fill(best, Double.NaN);
        for (Trial trial : whole) {
            int at = range.values().indexOf(trial.settings().get(range.name()));
            if (at >= 0 && better(trial.score(), best[at])) {
                best[at] = trial.score();
            }
        }
        double[] x = new double[best.length];
        Arrays.setAll(x, i -> i);
        String name = names.setting(visit, search.plugin(), range.name());
        return new Chart(name, Axis.LABELS, labels, name, metric, x, List.of(new Series(visit.text("search.chart.best-of"), Look.BARS, best)),
                List.of());
    }

    static String value(Visit visit, Object value) {
        if (value instanceof Boolean flag) {
            return visit.text(flag ? "shell.yes" : "shell.no");
        }
        return value instanceof Number number ? visit.format().number(number.doubleValue(), 6) : value == null ? "–" : value.toString();
    }
}
