package io.kontor.platform.admin.internal.decisions;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.ReasonLine;
import java.util.List;

/**
 * One answer with its reasons and what became of it.
 *
 * @param title what it was about
 * @param time when
 * @param family what the family is called
 * @param answer what was said, in words
 * @param tone how the answer looks
 * @param fallback why a fallback answered; empty when none did
 * @param question what was asked
 * @param served who answered
 * @param model the page of the model that answered; empty when it needs none
 * @param reasons of the whole answer
 * @param items ranked products
 * @param prices prices that were tried
 * @param chart the forecast; null when it is none
 * @param feedback what became of it
 */
public record DecisionView(String title, String time, String family, String answer, String tone, String fallback, List<Fact> question,
        List<Fact> served, String model, List<ReasonLine> reasons, List<Item> items, List<Price> prices, Chart chart,
        List<Feedback> feedback) {

    /** A ranked product. */
    public record Item(int rank, String title, String score, int bar, List<ReasonLine> reasons) {
    }

    /** A price that was tried; units a week. */
    public record Price(String title, String current, String tried, String elasticity, String before, String after, String range) {
    }

    /** What became of it. */
    public record Feedback(String time, String type, String product) {
    }
}
