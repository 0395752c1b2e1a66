package io.kontor.platform.admin.internal.decisions;

import io.kontor.api.decision.Reason;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.admin.internal.words.Waterfall;
import io.kontor.platform.decisions.RecommendationDesk;
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
 * @param explanation how the score came about; null when the plugin did not tell
 * @param items ranked products
 * @param prices prices that were tried
 * @param chart the forecast; null when it is none
 * @param feedback what became of it
 */
public record DecisionView(String title, String time, String family, String answer, String tone, String fallback, List<Fact> question,
        List<Fact> served, String model, List<ReasonLine> reasons, Waterfall explanation, List<Item> items, List<Price> prices, Chart chart,
        List<Feedback> feedback) {

    /**
     * A ranked product.
     *
     * @param rank from 1
     * @param title what it is called
     * @param picture where its picture is; empty when it has none
     * @param score in words
     * @param bar its share of the best score, 0 to 100
     * @param added whether the baseline filled it up: its score is a rank only
     * @param reasons why
     * @param explanation how the score came about; null when the plugin did not tell
     */
    public record Item(int rank, String title, String picture, String score, int bar, boolean added, List<ReasonLine> reasons,
            Waterfall explanation) {

        /**
         * A ranked product.
         *
         * @param visit the request
         * @param names tell what the product is called and shows
         * @param rank from 1
         * @param product the product's id
         * @param score as it was answered
         * @param best the best score of the answer
         * @param reasons as they were answered
         * @param explanation how the score came about; null when the plugin did not tell
         * @return the same as it is shown
         */
        public static Item of(Visit visit, Names names, int rank, String product, double score, double best, List<Reason> reasons,
                Waterfall explanation) {
            List<Reason> own = reasons.stream().filter(reason -> !reason.code().equals(RecommendationDesk.FILLED_UP)).toList();
            return new Item(rank, names.product(visit, product), names.picture(visit, product),
                    Double.isFinite(score) ? visit.format().number(score, 4) : "–",
                    best > 0 && score > 0 ? (int) Math.round(100 * score / best) : 0, own.size() < reasons.size(), ReasonLine.of(visit, own),
                    explanation);
        }
    }

    /** A price that was tried; units a week. */
    public record Price(String title, String current, String tried, String elasticity, String before, String after, String range,
            Waterfall explanation) {
    }

    /** What became of it. */
    public record Feedback(String time, String type, String product) {
    }
}
