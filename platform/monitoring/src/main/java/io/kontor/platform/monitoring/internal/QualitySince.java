package io.kontor.platform.monitoring.internal;

import io.kontor.api.metric.Interval;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.monitoring.Finding.State;
import io.kontor.platform.monitoring.MonitoringPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good a model has been since its training beside what was measured then. It is worse when the intervals of the primary metric lie apart
 * and the metric is worse by the policy's share. Average precision falls with the share of positives alone, so there the area under the
 * curve must be clearly worse too.
 */
final class QualitySince {

    private static final int FEWEST = 50;
    private static final double HUNDRED = 100;
    private static final String AVERAGE_PRECISION = "ap";
    private static final String AREA = "auc";

    private QualitySince() {
    }

    static Finding of(Evaluation then, Evaluation now, MonitoringPolicy policy) {
        String metric = then.primary();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("then", then.score());
        put(figures, "thenLow", "thenHigh", then.intervals().get(metric));
        figures.put("now", now.score());
        put(figures, "nowLow", "nowHigh", now.intervals().get(metric));
        figures.put("cases", (double) now.cases());
        if (metric.equals(AVERAGE_PRECISION) && then.metrics().containsKey(AREA) && now.metrics().containsKey(AREA)) {
            figures.put("aucThen", then.metrics().get(AREA));
            figures.put("aucNow", now.metrics().get(AREA));
        }
        figures.values().removeIf(value -> value.isNaN());
        if (now.cases() < FEWEST || !now.intervals().containsKey(metric) || !then.intervals().containsKey(metric)) {
            return new Finding(Kind.QUALITY, metric, State.TOO_LITTLE, figures, null, null);
        }
        double worse = (then.higherIsBetter() ? then.score() - now.score() : now.score() - then.score()) / Math.abs(then.score());
        boolean bad = clearlyWorse(metric, then, now) && worse * HUNDRED >= policy.qualityPercent()
                && (!figures.containsKey("aucNow") || clearlyWorse(AREA, then, now));
        return new Finding(Kind.QUALITY, metric, bad ? State.PROBLEM : State.WELL, figures, null, null);
    }

    private static boolean clearlyWorse(String metric, Evaluation then, Evaluation now) {
        Interval before = then.intervals().get(metric);
        Interval after = now.intervals().get(metric);
        if (before == null || after == null) {
            return false;
        }
        return then.higherIsBetter() ? after.high() < before.low() : after.low() > before.high();
    }

    private static void put(Map<String, Double> figures, String low, String high, Interval interval) {
        if (interval != null) {
            figures.put(low, interval.low());
            figures.put(high, interval.high());
        }
    }
}
