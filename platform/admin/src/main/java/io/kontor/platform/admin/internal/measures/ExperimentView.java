package io.kontor.platform.admin.internal.measures;

import io.kontor.platform.admin.internal.measures.MeasuresView.Cell;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.words.Fact;
import java.util.List;

/**
 * How an experiment stands.
 *
 * @param id the experiment
 * @param title what people call it
 * @param running whether it runs
 * @param alert what one may conclude, in a sentence
 * @param tone the colour of that
 * @param facts about the experiment
 * @param variants one a variant
 * @param comparisons one a measure of each variant but the first
 * @param chart the shares of those who clicked and bought
 */
public record ExperimentView(String id, String title, boolean running, String alert, String tone, List<Fact> facts, List<Variant> variants,
        List<Comparison> comparisons, Chart chart) {

    /**
     * A variant.
     *
     * @param id its id
     * @param title what people call it
     * @param strategies which plugins it asks, in words
     * @param units how many customers and visitors, with what should be
     * @param answers how many lists
     * @param clickThrough click-through rate
     * @param clickers share of the units that clicked
     * @param buyers share of the units that bought
     * @param revenue a unit
     */
    public record Variant(String id, String title, String strategies, Cell units, String answers, Cell clickThrough, Cell clickers,
            Cell buyers, Cell revenue) {
    }

    /**
     * A difference from the first variant.
     *
     * @param variant what people call it
     * @param measure what is compared
     * @param difference with its interval for all looks
     * @param once the interval for one look
     * @param adjusted the difference with what customers had bought before taken off, with its interval for all looks; empty for none
     * @param narrower by how much that makes the interval narrower; empty for none
     * @param evidence the probability that stays valid
     * @param verdict more, less or not known
     * @param tone the colour of that
     */
    public record Comparison(String variant, String measure, Cell difference, String once, Cell adjusted, String narrower,
            String evidence, String verdict, String tone) {
    }
}
