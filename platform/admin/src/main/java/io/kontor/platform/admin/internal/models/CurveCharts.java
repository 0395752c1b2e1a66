package io.kontor.platform.admin.internal.models;

import io.kontor.api.metric.Curve;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ModelVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The curves of an evaluation as pictures, those of the baseline and of the champion's settings in the same frame. */
final class CurveCharts {

    private static final String RELIABILITY = "reliability";

    private CurveCharts() {
    }

    static List<Chart> of(Visit visit, ModelVersion model) {
        if (model.evaluation() == null) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        for (String name : List.of(RELIABILITY, "pr", "roc")) {
            if (model.evaluation().curves().containsKey(name)) {
                charts.add(chart(visit, model, name));
            }
        }
        return charts;
    }

    private static Chart chart(Visit visit, ModelVersion model, String name) {
        Map<String, Curve> curves = new LinkedHashMap<>();
        put(curves, visit.text("models.own"), model.evaluation(), name);
        put(curves, visit.text("models.baseline"), model.baseline(), name);
        put(curves, visit.text("models.champion-settings"), model.champion(), name);
        double[] x = DoubleStream.concat(DoubleStream.of(0, 1), curves.values().stream().flatMapToDouble(curve -> Arrays.stream(curve.x())))
                .map(value -> Math.round(value * 1e4) / 1e4).distinct().sorted().toArray();
        List<Chart.Series> series = new ArrayList<>();
        curves.forEach((label, curve) -> series.add(new Chart.Series(label,
                name.equals(RELIABILITY) ? Chart.Look.POINTS : Chart.Look.LINE, places(curve, x, name))));
        if (!name.equals("pr")) {
            series.add(new Chart.Series(visit.text("models.curve." + name + ".line"), Chart.Look.DASHED, x));
        }
        return new Chart(visit.text("models.curve." + name), Chart.Axis.NUMBERS, visit.text("models.curve." + name + ".x"),
                visit.text("models.curve." + name + ".y"), x, series, List.of());
    }

    private static void put(Map<String, Curve> curves, String label, Evaluation evaluation, String name) {
        if (evaluation != null && evaluation.curves().containsKey(name)) {
            curves.put(label, evaluation.curves().get(name));
        }
    }

    /**
     * A curve at the places of a common axis: bins where they are; straight between the points of a ROC curve; of precision over recall the
     * step that the recall is reached by.
     */
    private static double[] places(Curve curve, double[] x, String name) {
        double[] y = new double[x.length];
        Arrays.fill(y, Double.NaN);
        for (int i = 0; i < x.length; i++) {
            int next = 0;
            while (next < curve.x().length && curve.x()[next] < x[i] - 5e-5) {
                next++;
            }
            if (next == curve.x().length) {
                continue;
            }
            boolean there = Math.abs(curve.x()[next] - x[i]) <= 5e-5;
            if (name.equals(RELIABILITY)) {
                y[i] = there ? curve.y()[next] : Double.NaN;
            } else if (there || next == 0 || name.equals("pr")) {
                int last = next;
                while (name.equals("roc") && there && last + 1 < curve.x().length && Math.abs(curve.x()[last + 1] - x[i]) <= 5e-5) {
                    last++;
                }
                y[i] = curve.y()[last];
            } else {
                double share = (x[i] - curve.x()[next - 1]) / (curve.x()[next] - curve.x()[next - 1]);
                y[i] = curve.y()[next - 1] + share * (curve.y()[next] - curve.y()[next - 1]);
            }
        }
        return y;
    }
}
