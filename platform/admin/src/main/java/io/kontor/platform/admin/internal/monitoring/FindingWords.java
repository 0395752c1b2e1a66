package io.kontor.platform.admin.internal.monitoring;

import io.kontor.platform.admin.internal.models.Metric;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What monitoring found, in the visitor's words. */
public final class FindingWords {

    private static final int DIGITS = 3;
    /** From this change on, the share of missing values is told. */
    private static final double TOLD = 0.02;

    private FindingWords() {
    }

    /**
     * What a thing that is looked at is called.
     *
     * @param visit the request
     * @param kind what kind of thing
     * @param what which one
     * @return in the visitor's language
     */
    public static String what(Visit visit, Finding.Kind kind, String what) {
        return switch (kind) {
            case INPUT -> column(visit, what);
            case QUALITY -> Metric.label(visit, what);
            default -> visit.text("monitoring.what." + what);
        };
    }

    private static String column(Visit visit, String what) {
        int dot = what.indexOf('.');
        return dot < 0 ? visit.text("monitoring.what." + what)
                : visit.text("monitoring.column", source(visit, what.substring(0, dot)), what.substring(dot + 1));
    }

    /** What records of a kind are called. */
    static String source(Visit visit, String name) {
        return visit.textOr("records.entity." + name, visit.textOr("monitoring.source." + name, name));
    }

    static String detail(Visit visit, Finding.Kind kind, Map<String, Double> figures) {
        List<String> parts = new ArrayList<>();
        switch (kind) {
            case INPUT, PREDICTION -> {
                add(visit, parts, "monitoring.figure.psi", number(visit, figures.get("psi")));
                add(visit, parts, "monitoring.figure.ks", number(visit, figures.get("ks")));
                Double before = figures.get("missingBefore");
                Double now = figures.get("missingNow");
                if (before != null && now != null && Math.abs(now - before) >= TOLD) {
                    parts.add(visit.text("monitoring.figure.missing", visit.format().percent(now), visit.format().percent(before)));
                }
                add(visit, parts, "monitoring.figure.rows", whole(visit, figures.get("rows")));
            }
            case OUTCOME -> {
                if (figures.containsKey("share") && figures.containsKey("shareBefore")) {
                    parts.add(visit.text("monitoring.figure.share", visit.format().percent(figures.get("share")),
                            visit.format().percent(figures.get("shareBefore"))));
                }
                if (figures.containsKey("days")) {
                    parts.add(visit.text("monitoring.figure.days", visit.format().number(figures.get("days"), 1),
                            whole(visit, figures.get("gapBefore"))));
                }
            }
            case QUALITY -> {
                if (figures.containsKey("then") && figures.containsKey("now")) {
                    parts.add(visit.text("monitoring.figure.quality", range(visit, figures, "now"), range(visit, figures, "then"),
                            whole(visit, figures.get("cases"))));
                }
            }
            default -> throw new IllegalStateException(kind.name());
        }
        return String.join(visit.text("monitoring.comma"), parts);
    }

    private static void add(Visit visit, List<String> parts, String key, String value) {
        if (value != null) {
            parts.add(visit.text(key, value));
        }
    }

    private static String number(Visit visit, Double value) {
        return value == null ? null : visit.format().number(value, DIGITS);
    }

    private static String whole(Visit visit, Double value) {
        return value == null ? null : visit.format().number(Math.round(value));
    }

    private static String range(Visit visit, Map<String, Double> figures, String name) {
        String value = number(visit, figures.get(name));
        return figures.containsKey(name + "Low") ? visit.text("monitoring.figure.range", value, number(visit, figures.get(name + "Low")),
                number(visit, figures.get(name + "High"))) : value;
    }

    static String tone(Finding.State state) {
        return switch (state) {
            case WELL -> "good";
            case CHANGED -> "warn";
            case PROBLEM, FAILED -> "bad";
            case TOO_LITTLE -> "";
        };
    }

    static String tone(Problem.State state) {
        return switch (state) {
            case OPEN -> "bad";
            case ACKNOWLEDGED -> "warn";
            case CLOSED -> "";
        };
    }
}
