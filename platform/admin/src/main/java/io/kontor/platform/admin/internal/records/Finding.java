package io.kontor.platform.admin.internal.records;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that looks wrong with the records, in the visitor's language.
 *
 * @param entity which records
 * @param text what it is
 * @param share how much of them it concerns, 0 to 1; NaN where that says nothing
 * @param severity in words
 * @param tone as in badges
 * @param examples some of the rows, each a line
 * @param href where it is dealt with; empty for nowhere
 * @param rule the form of a cleaning rule that deals with it; empty when none does
 */
public record Finding(String entity, String text, double share, String severity, String tone, List<String> examples, String href,
        String rule) {

    static Finding of(Visit visit, DataQuality.Finding found) {
        String entity = found.entity().path();
        String kind = visit.textOr("records.entity." + entity, entity);
        List<Object> values = new ArrayList<>(List.of(found.rows(), found.column() == null ? "" : found.column()));
        for (String name : List.of("low", "high")) {
            values.add(found.detail().get(name) instanceof Number number ? visit.format().number(number.doubleValue(), 2) : "");
        }
        String key = "records.check." + (visit.textOr("records.check." + entity + "." + found.check(), "").isEmpty() ? "" : entity + ".")
                + found.check();
        String tone = switch (found.severity()) {
            case ERROR -> "bad";
            case WARNING -> "warn";
            case INFO -> "";
        };
        boolean days = found.check().endsWith("level") || found.check().equals("gaps");
        return new Finding(kind, visit.textOr(key, "").isEmpty() ? found.text() : visit.text(key, values.toArray()),
                days ? Double.NaN : found.share(), visit.text("records.severity." + found.severity().name().toLowerCase(Locale.ROOT)),
                tone, found.examples().stream().map(example -> example(visit, example)).toList(),
                found.check().equals("quarantine") ? visit.storeUrl("quarantine") + "?entity=" + entity : "", rule(visit, found));
    }

    /** A rule that the finding suggests: caps at the bounds that were learnt, fills what is missing, leaves out what is below zero. */
    private static String rule(Visit visit, DataQuality.Finding found) {
        if (found.column() == null || found.column().contains("/")) {
            return "";
        }
        String form = visit.storeUrl("data", "cleaning") + "?target=" + found.entity().path() + "." + found.column();
        return switch (found.check()) {
            case "outliers" -> form + "&action=cap&low=" + bound(found, "low") + "&high=" + bound(found, "high");
            case "missing" -> form + "&action=fill";
            case "negative" -> form + "&action=drop&low=0";
            default -> "";
        };
    }

    private static String bound(DataQuality.Finding found, String name) {
        return found.detail().get(name) instanceof Number number ? String.format(Locale.ROOT, "%.4f", number.doubleValue())
                .replaceFirst("\\.?0+$", "") : "";
    }

    /** An id and values, in one line. */
    static String example(Visit visit, Map<String, Object> example) {
        List<String> parts = new ArrayList<>();
        example.forEach((name, value) -> {
            String shown = value instanceof Number number ? visit.format().number(number.doubleValue(), 3) : value == null ? "–"
                    : value.toString();
            parts.add(name.equals("id") ? shown : visit.textOr("records.example." + name, name) + " " + shown);
        });
        return String.join(" · ", parts);
    }
}
