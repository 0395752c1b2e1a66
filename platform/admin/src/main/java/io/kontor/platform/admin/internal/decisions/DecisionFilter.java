package io.kontor.platform.admin.internal.decisions;

import io.kontor.platform.admin.internal.shell.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * What the visitor looks for in the log.
 *
 * @param family the family's name; empty for all
 * @param subject the product's, customer's or transaction's id; empty for all
 * @param from first day; empty for no bound
 * @param to last day; empty for no bound
 */
public record DecisionFilter(String family, String subject, String from, String to) {

    static DecisionFilter of(Visit visit) {
        return new DecisionFilter(visit.field("family"), visit.field("subject"), day(visit.field("from")), day(visit.field("to")));
    }

    /** A day that cannot be read is no bound: the field then comes back empty. */
    private static String day(String text) {
        try {
            return text.isEmpty() ? "" : LocalDate.parse(text).toString();
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    String familyOrNull() {
        return family.isEmpty() ? null : family;
    }

    String subjectOrNull() {
        return subject.isEmpty() ? null : subject;
    }

    Instant since(Visit visit) {
        return from.isEmpty() ? null : LocalDate.parse(from).atStartOfDay(visit.store().timeZone()).toInstant();
    }

    Instant until(Visit visit) {
        return to.isEmpty() ? null : LocalDate.parse(to).plusDays(1).atStartOfDay(visit.store().timeZone()).toInstant();
    }

    /** As the query of an address. */
    String query(String after) {
        return "?family=" + escape(family) + "&subject=" + escape(subject) + "&from=" + from + "&to=" + to + "&after=" + escape(after);
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
