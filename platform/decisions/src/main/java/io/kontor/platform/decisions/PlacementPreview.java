package io.kontor.platform.decisions;

import java.util.List;
import java.util.Map;

/**
 * How the list of a placement comes about for one request, stage by stage. Immutable.
 *
 * @param strategies what each strategy and each link of the chain gave, in the order in which they were asked
 * @param ranked the candidates merged and ordered, before rules
 * @param held products that were held back, the first 200 of them
 * @param heldCounts how many were held back, by code of why
 * @param moved what rules did
 * @param adjusted the candidates after boosts and buries, before diversity and pins
 * @param answer the list
 */
public record PlacementPreview(List<Stage> strategies, List<Scored> ranked, List<Held> held, Map<String, Integer> heldCounts,
        List<Moved> moved, List<Scored> adjusted, Answer<Recommended> answer) {

    /**
     * What one strategy gave.
     *
     * @param strategy the plugin or what else gave it
     * @param level which link of the chain it is; 0 for the strategies
     * @param note why it gave nothing or less, a sentence without its full stop; empty when all went well
     * @param items best first, with its own scores
     */
    public record Stage(String strategy, int level, String note, List<Scored> items) {
    }

    /**
     * A product with a value.
     *
     * @param product the shop's own id
     * @param score only comparable within its list
     */
    public record Scored(String product, double score) {
    }

    /**
     * A product that was held back.
     *
     * @param product the shop's own id
     * @param code why, for machines
     * @param text why, in the store's language
     */
    public record Held(String product, String code, String text) {
    }

    /**
     * What a rule did to a product.
     *
     * @param rule the rule's id
     * @param kind what it does
     * @param product the shop's own id
     * @param from its rank before all rules, from 1; 0 when it was no candidate
     * @param to its rank after boosts and buries, or its position for a pin
     */
    public record Moved(String rule, String kind, String product, int from, int to) {
    }
}
