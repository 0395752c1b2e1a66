package io.kontor.platform.admin.internal.words;

import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.platform.admin.internal.shell.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An explanation as a picture: from the base value, step by step, to the output, all on one scale.
 *
 * @param how how the steps were found, in words
 * @param steps the base, the contributions and the output
 */
public record Waterfall(String how, List<Step> steps) {

    private static final int DIGITS = 4;
    private static final double NOTHING = 1e-6;

    /**
     * A step.
     *
     * @param label what it is
     * @param text its value in words; may be empty
     * @param amount what it adds, or the value reached
     * @param from where its bar begins, in percent of the scale
     * @param width how long its bar is
     * @param look its class: total, up or down
     */
    public record Step(String label, String text, String amount, String from, String width, String look) {
    }

    private record Bar(String label, String text, double begin, double end, boolean total) {
    }

    /**
     * An explanation out of the decision log.
     *
     * @param visit the request
     * @param value its JSON value
     * @return the picture; null when the value is no explanation
     */
    public static Waterfall read(Visit visit, Object value) {
        if (!(value instanceof Map<?, ?> map && map.get("base") instanceof Number base && map.get("output") instanceof Number output
                && map.get("contributions") instanceof List<?> contributions)) {
            return null;
        }
        List<Contribution> parts = new ArrayList<>();
        for (Object each : contributions) {
            if (each instanceof Map<?, ?> one && one.get("amount") instanceof Number amount) {
                parts.add(new Contribution(String.valueOf(one.get("feature")), String.valueOf(one.get("name")),
                        one.get("value") instanceof String text ? text : "", amount.doubleValue()));
            }
        }
        return of(visit, String.valueOf(map.get("kind")).toUpperCase(Locale.ROOT), base.doubleValue(), output.doubleValue(), parts);
    }

    /**
     * An explanation as a plugin gave it.
     *
     * @param visit the request
     * @param explanation the explanation
     * @return the picture
     */
    public static Waterfall of(Visit visit, Explanation explanation) {
        return of(visit, explanation.kind().name(), explanation.base(), explanation.output(), explanation.contributions());
    }

    private static Waterfall of(Visit visit, String kind, double base, double output, List<Contribution> contributions) {
        List<Bar> bars = new ArrayList<>();
        double at = base;
        if (Math.abs(at) > NOTHING) {
            bars.add(new Bar(visit.textOr("decisions.explained.base." + kind, visit.text("decisions.explained.base")), "", 0, at, true));
        }
        for (Contribution each : contributions) {
            bars.add(new Bar(each.name(), each.value(), at, at + each.amount(), false));
            at += each.amount();
        }
        bars.add(new Bar(visit.text("decisions.explained.output"), "", 0, output, true));
        return new Waterfall(visit.textOr("decisions.explained." + kind, ""), drawn(visit, bars));
    }

    private static List<Step> drawn(Visit visit, List<Bar> bars) {
        double low = 0;
        double high = 0;
        for (Bar bar : bars) {
            low = Math.min(low, Math.min(bar.begin, bar.end));
            high = Math.max(high, Math.max(bar.begin, bar.end));
        }
        double span = high > low ? high - low : 1;
        List<Step> steps = new ArrayList<>();
        for (Bar bar : bars) {
            double amount = bar.end - bar.begin;
            steps.add(new Step(bar.label, bar.text, (amount > 0 && !bar.total ? "+" : "") + visit.format().number(amount, DIGITS),
                    percent(Math.min(bar.begin, bar.end) - low, span), percent(Math.abs(amount), span),
                    bar.total ? "total" : amount < 0 ? "down" : "up"));
        }
        return steps;
    }

    private static String percent(double value, double span) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * value / span);
    }
}
