package io.kontor.platform.admin.internal.monitoring;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Look;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Distributions of the training and of now side by side, and the stability index day by day. */
final class DriftPictures {

    private static final int MOST_LINES = 6;
    private static final double HUNDRED = 100;

    private DriftPictures() {
    }

    /** Shares of each group of a column, in percent, at the training and now. */
    static Chart spread(Visit visit, Finding finding) {
        ColumnProfile reference = finding.reference();
        double[] before = shares(reference.grouped(reference.counts()));
        double[] now = shares(reference.grouped(finding.now()));
        // Groups that are empty on both sides, such as missing values where none are missing, only take place.
        int[] kept = IntStream.range(0, before.length).filter(i -> before[i] > 0 || now[i] > 0).toArray();
        return chart(visit, FindingWords.what(visit, finding.kind(), finding.what()), reference, kept,
                List.of(series(visit.text("monitoring.before"), Chart.Look.LEFT_BARS, before, kept),
                        series(visit.text("monitoring.now"), Chart.Look.RIGHT_BARS, now, kept)));
    }

    /** The same at the training alone. */
    static Chart alone(Visit visit, String title, ColumnProfile reference) {
        double[] shares = shares(reference.grouped(reference.counts()));
        int[] kept = IntStream.range(0, shares.length).filter(i -> shares[i] > 0).toArray();
        return chart(visit, title, reference, kept, List.of(series(visit.text("monitoring.before"), Chart.Look.LEFT_BARS, shares, kept)));
    }

    private static Chart.Series series(String name, Chart.Look look, double[] shares, int[] kept) {
        return new Chart.Series(name, look, Arrays.stream(kept).mapToDouble(i -> shares[i]).toArray());
    }

    private static Chart chart(Visit visit, String title, ColumnProfile reference, int[] kept, List<Chart.Series> series) {
        List<String> labels = labels(visit, reference, reference.grouped(reference.counts()).length);
        double[] x = new double[kept.length];
        Arrays.setAll(x, i -> i);
        return new Chart(title, Chart.Axis.LABELS, Arrays.stream(kept).mapToObj(labels::get).toList(),
                visit.text("monitoring.group"), visit.text("monitoring.share"), x, series, List.of());
    }

    private static double[] shares(double[] counts) {
        double all = Arrays.stream(counts).sum();
        return Arrays.stream(counts).map(count -> all == 0 ? 0 : HUNDRED * count / all).toArray();
    }

    private static List<String> labels(Visit visit, ColumnProfile reference, int groups) {
        List<String> labels = new ArrayList<>();
        if (reference.kind() == ColumnProfile.Kind.CATEGORY) {
            labels.addAll(reference.values().stream().map(value -> value.equals("given") ? visit.text("monitoring.given") : value).toList());
            labels.add(visit.text("monitoring.others"));
        } else {
            // The greatest value of a group is the edge of its last bin: count each bin alone to see where it falls.
            double[] upper = new double[groups];
            Arrays.fill(upper, Double.NaN);
            for (int bin = 0; bin < reference.edges().length; bin++) {
                double[] one = new double[reference.bins()];
                one[bin] = 1;
                double[] group = reference.grouped(one);
                for (int i = 0; i < group.length; i++) {
                    upper[i] = group[i] > 0 ? reference.edges()[bin] : upper[i];
                }
            }
            for (int i = 0; i < groups - 1; i++) {
                boolean last = i == groups - 2;
                labels.add(last ? visit.text("monitoring.above", i == 0 ? "–" : visit.format().number(upper[i - 1], 2))
                        : visit.text("monitoring.upto", visit.format().number(upper[i], 2)));
            }
        }
        labels.add(visit.text("monitoring.missing"));
        return labels;
    }

    /** The index of the columns that were most changed at the latest look, one value a day; null when no column was compared. */
    static Chart timeline(Visit visit, List<Look> looks, double bound) {
        Set<Finding> shown = new LinkedHashSet<>();
        looks.get(0).findings().stream().filter(one -> one.figures().containsKey("psi"))
                .sorted((one, other) -> Double.compare(other.figures().get("psi"), one.figures().get("psi"))).limit(MOST_LINES)
                .forEach(shown::add);
        if (shown.isEmpty()) {
            return null;
        }
        ZoneId zone = visit.store().timeZone();
        TreeMap<LocalDate, Look> days = new TreeMap<>();
        looks.forEach(look -> days.putIfAbsent(LocalDate.ofInstant(look.at(), zone), look));
        double[] x = days.keySet().stream().mapToDouble(Chart::day).toArray();
        List<Chart.Series> series = new ArrayList<>();
        for (Finding finding : shown) {
            double[] values = days.values().stream().mapToDouble(look -> look.findings().stream()
                    .filter(one -> one.kind() == finding.kind() && one.what().equals(finding.what()))
                    .mapToDouble(one -> one.figures().getOrDefault("psi", Double.NaN)).findFirst().orElse(Double.NaN)).toArray();
            series.add(new Chart.Series(FindingWords.what(visit, finding.kind(), finding.what()),
                    x.length == 1 ? Chart.Look.POINTS : Chart.Look.LINE, values));
        }
        double[] limit = new double[x.length];
        Arrays.fill(limit, bound);
        series.add(new Chart.Series(visit.text("monitoring.bound"), x.length == 1 ? Chart.Look.POINTS : Chart.Look.DASHED, limit, "bad"));
        return new Chart(visit.text("monitoring.timeline"), Chart.Axis.DAYS, visit.text("monitoring.day"), visit.text("monitoring.psi"), x,
                series, List.of());
    }
}
