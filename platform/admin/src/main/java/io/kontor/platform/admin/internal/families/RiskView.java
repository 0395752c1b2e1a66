package io.kontor.platform.admin.internal.families;

import io.kontor.platform.admin.internal.shell.Chart;
import java.util.List;

/**
 * How transactions were assessed lately.
 *
 * @param chart the spread of the scores; null when nothing was assessed
 * @param counts how many of each verdict
 * @param latest the latest assessments
 * @param all the address of all of them
 * @param cases transactions that a person should look at, the newest first
 * @param rules the store's own rules
 */
public record RiskView(Chart chart, List<Count> counts, List<Assessed> latest, String all, List<Assessed> cases, List<Rule> rules) {

    /** A rule of the store. */
    public record Rule(String name, String description, String conditions, String action, String tone, boolean enabled) {
    }

    /** How many transactions got a verdict, and which share that is. */
    public record Count(String label, String value, String share, String tone) {
    }

    /** One assessment. */
    public record Assessed(String href, String transaction, String verdict, String tone, String score, String reason, String time) {
    }
}
