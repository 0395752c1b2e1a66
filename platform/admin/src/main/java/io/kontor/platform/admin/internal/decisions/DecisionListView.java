package io.kontor.platform.admin.internal.decisions;

import java.util.List;

/**
 * The log.
 *
 * @param filter what was looked for
 * @param families those that can be chosen
 * @param rows the latest first
 * @param next address of the next page; empty when there is none
 */
public record DecisionListView(DecisionFilter filter, List<Choice> families, List<Row> rows, String next) {

    /** A choice of a list. */
    public record Choice(String value, String label) {
    }

    /**
     * One answer.
     *
     * @param href its page
     * @param time when
     * @param family what the family is called
     * @param subject what it was about, in words
     * @param answer what was said, in words
     * @param by the plugin that said it
     * @param model its model; empty when it needs none
     * @param fallback whether a fallback answered
     */
    public record Row(String href, String time, String family, String subject, String answer, String by, String model, boolean fallback) {
    }
}
