package io.kontor.platform.admin.internal.models;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.ShadowComparison;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import io.kontor.platform.decisions.ShadowComparison.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a shadow differs from the champion.
 *
 * @param cases how many samples there are, in words
 * @param figures means of the measures
 * @param charts histograms
 * @param examples the latest samples
 */
public record ShadowPicture(String cases, List<Figure> figures, List<Chart> charts, List<Example> examples) {

    private static final int EXAMPLES = 10;
    private static final int LONGEST = 600;

    /**
     * A mean.
     *
     * @param label of what
     * @param value the mean
     */
    public record Figure(String label, String value) {
    }

    /**
     * A sample.
     *
     * @param time when
     * @param subject what it was about
     * @param champion the champion's answer
     * @param shadow the shadow's answer
     */
    public record Example(String time, String subject, String champion, String shadow) {
    }

    static ShadowPicture of(Visit visit, ShadowComparison.Compared compared) {
        List<Figure> figures = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        for (Spread spread : compared.spreads()) {
            String label = visit.text("release.shadow." + spread.measure().name());
            figures.add(new Figure(label, visit.format().number(spread.mean(), 3)));
            boolean pictured = switch (spread.measure()) {
                case FAILED, VERDICT_CHANGED, CHAMPION_MILLIS, SHADOW_MILLIS -> false;
                default -> true;
            };
            if (pictured) {
                charts.add(chart(visit, label, List.of(series(label, spread)), spread.measure(), visit.text("release.shadow.value")));
            }
        }
        Optional<Spread> ours = find(compared, Measure.CHAMPION_MILLIS);
        Optional<Spread> theirs = find(compared, Measure.SHADOW_MILLIS);
        if (ours.isPresent() && theirs.isPresent()) {
            charts.add(chart(visit, visit.text("release.shadow.latency"), List.of(series(visit.text("release.alias.champion"), ours.get()),
                    series(visit.text("release.alias.shadow"), theirs.get())), Measure.SHADOW_MILLIS, visit.text("release.shadow.log")));
        }
        long cases = compared.spreads().stream().filter(spread -> spread.measure() == Measure.FAILED).mapToLong(Spread::cases).sum();
        return new ShadowPicture(visit.text("release.shadow.cases", cases), figures, charts, compared.examples().stream().limit(EXAMPLES)
                .map(one -> new Example(visit.format().time(one.time()), one.subject(), cut(one.champion()), cut(one.shadow()))).toList());
    }

    private static Optional<Spread> find(ShadowComparison.Compared compared, Measure measure) {
        return compared.spreads().stream().filter(spread -> spread.measure() == measure).findFirst();
    }

    private static Chart.Series series(String name, Spread spread) {
        double[] values = new double[Measure.BINS + 1];
        for (int i = 0; i < Measure.BINS; i++) {
            values[i] = spread.bins()[i];
        }
        values[Measure.BINS] = Double.NaN;
        return new Chart.Series(name, Chart.Look.BARS, values);
    }

    private static Chart chart(Visit visit, String title, List<Chart.Series> series, Measure measure, String label) {
        double[] edges = new double[Measure.BINS + 1];
        for (int i = 0; i <= Measure.BINS; i++) {
            edges[i] = measure.edge(i);
        }
        return new Chart(title, Chart.Axis.NUMBERS, label, visit.text("release.shadow.samples"), edges, series, List.of());
    }

    private static String cut(String json) {
        return json.length() <= LONGEST ? json : json.substring(0, LONGEST) + "…";
    }
}
