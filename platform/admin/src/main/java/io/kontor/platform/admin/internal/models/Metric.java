package io.kontor.platform.admin.internal.models;

import io.kontor.api.metric.Interval;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ModelVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A metric of a model beside the same metric of its rivals, in words.
 *
 * @param label what it is called
 * @param help what it says, in one line
 * @param direction which values are good, in words; empty when unknown
 * @param main whether models are judged by it
 * @param value the model's value
 * @param baseline the baseline's on the same data
 * @param champion that of the champion's settings on the same data, else the serving model's on the data it was judged on; a dash for the
 *     champion itself
 * @param range where the model's true value lies, in words; empty when unknown
 * @param ranges the three as a picture
 * @param tone good when the model beats the baseline, bad when the baseline beats it, else empty
 * @param verdict the same in words; empty without a baseline
 */
public record Metric(String label, String help, String direction, boolean main, String value, String baseline, String champion,
        String range, Ranges ranges, String tone, String verdict) {

    /** Which values of a metric are good. */
    enum Direction {
        HIGHER, LOWER, NEAR_ZERO, NEAR_NINE_TENTHS, UNKNOWN
    }

    private static final Set<String> LOWER = Set.of("mase", "rmsse", "rmse", "mae", "mape", "smape", "wape", "rmsle", "spl50", "spl90",
            "wrongSigns", "brier", "logLoss", "ece", "gini");
    private static final Set<String> HIGHER = Set.of("ndcg", "recall", "map", "mrr", "hitRate", "precision", "f1", "coverage", "novelty",
            "auc", "ap", "top", "flagPrecision", "flagRecall", "flagF1", "declinePrecision", "declineRecall");

    static Direction direction(String name) {
        String plain = plain(name);
        if (LOWER.contains(plain)) {
            return Direction.LOWER;
        } else if (HIGHER.contains(plain)) {
            return Direction.HIGHER;
        } else if (plain.equals("bias")) {
            return Direction.NEAR_ZERO;
        }
        return plain.equals("coverage90") ? Direction.NEAR_NINE_TENTHS : Direction.UNKNOWN;
    }

    /**
     * What the texts call it: {@code ndcg} for {@code ndcg@10}, whatever the length of the list. Of verdicts, which have no list, precision
     * and recall mean something else, and so does the recall of a share of all scores.
     */
    private static String plain(String name) {
        int at = name.indexOf('@');
        if (at < 0) {
            return switch (name) {
                case "precision" -> "flagPrecision";
                case "recall" -> "flagRecall";
                case "f1" -> "flagF1";
                default -> name;
            };
        }
        return name.endsWith("%") ? "top" : name.substring(0, at);
    }

    /**
     * What a metric is called.
     *
     * @param visit the request
     * @param name its name; what stands behind @ is the length of the list or the share that is judged
     * @return in the visitor's language; the name itself for metrics that the platform does not know
     */
    public static String label(Visit visit, String name) {
        int at = name.indexOf('@');
        String known = visit.textOr("models.metric." + plain(name), "");
        if (known.isEmpty()) {
            return name;
        }
        return at < 0 ? known : visit.text(name.endsWith("%") ? "models.top" : "models.at", known, name.substring(at + 1));
    }

    /**
     * All metrics of a model, the main one first.
     *
     * @param visit the request
     * @param model the model
     * @param champion the serving model of the plugin; null when there is none or it is the model itself
     * @return the metrics; empty when there was too little data to judge the model
     */
    public static List<Metric> of(Visit visit, ModelVersion model, ModelVersion champion) {
        if (model.evaluation() == null) {
            return List.of();
        }
        String primary = model.evaluation().primary();
        Map<String, Double> own = new LinkedHashMap<>();
        own.put(primary, model.evaluation().score());
        own.putAll(model.evaluation().metrics());
        Evaluation rival = model.champion() != null || champion == null ? model.champion() : champion.evaluation();
        Map<String, Double> baseline = model.baseline() == null ? Map.of() : model.baseline().metrics();
        Map<String, Double> serving = rival == null ? Map.of() : rival.metrics();
        List<Metric> metrics = new ArrayList<>();
        own.forEach((name, value) -> {
            Direction direction = direction(name);
            if (direction == Direction.UNKNOWN && name.equals(primary)) {
                direction = model.evaluation().higherIsBetter() ? Direction.HIGHER : Direction.LOWER;
            }
            int order = baseline.containsKey(name) ? compare(direction, value, baseline.get(name)) : 0;
            String verdict = !baseline.containsKey(name) || direction == Direction.UNKNOWN ? ""
                    : visit.text(order > 0 ? "models.better" : order < 0 ? "models.worse" : "models.same");
            metrics.add(new Metric(label(visit, name), visit.textOr("models.metric." + plain(name) + ".help", ""),
                    direction == Direction.UNKNOWN ? "" : visit.text("models.direction." + direction.name()), name.equals(primary),
                    number(visit, value), number(visit, baseline.get(name)), number(visit, serving.get(name)),
                    SliceGroup.range(visit, model.evaluation().intervals().get(name)),
                    Ranges.of(new Ranges.Given("mine", value, model.evaluation().intervals().get(name)),
                            new Ranges.Given("base", baseline.get(name), interval(model.baseline(), name)),
                            new Ranges.Given("champ", serving.get(name), interval(rival, name))),
                    order > 0 ? "good" : order < 0 ? "bad" : "", verdict));
        });
        return metrics;
    }

    private static Interval interval(Evaluation evaluation, String name) {
        return evaluation == null ? null : evaluation.intervals().get(name);
    }

    private static String number(Visit visit, Double value) {
        return value == null ? "–" : visit.format().number(value, 4);
    }

    /** Above 0 when the one is better than the other. */
    static int compare(Direction direction, double one, double other) {
        return switch (direction) {
            case HIGHER -> Double.compare(one, other);
            case LOWER -> Double.compare(other, one);
            case NEAR_ZERO -> Double.compare(Math.abs(other), Math.abs(one));
            case NEAR_NINE_TENTHS -> Double.compare(Math.abs(other - 0.9), Math.abs(one - 0.9));
            case UNKNOWN -> 0;
        };
    }
}
