package io.kontor.platform.decisions;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of recommended products, and how it came about. Immutable.
 *
 * @param placement the placement whose definition made it; empty when none did
 * @param level how far down its chain of fallbacks the list reaches: 0 when the strategies filled it
 * @param items best first, each product once
 * @param tried the experiment and variant that the visitor met; empty when no experiment runs there
 */
public record Recommended(Optional<String> placement, int level, List<Item> items, Optional<Tried> tried) {

    /** Who gave a product that comes out of the catalogue. */
    public static final String CATALOGUE = "catalogue";
    /** Who gave a product that is there for a rule alone. */
    public static final String RULE = "rule";
    /** Who gave a product that is there because the shop gave it. */
    public static final String SHOP = "shop";

    /**
     * A variant of an experiment.
     *
     * @param experiment the experiment
     * @param variant the variant
     */
    public record Tried(String experiment, String variant) {
    }

    /** Copies the items. */
    public Recommended {
        items = List.copyOf(items);
    }

    /**
     * A list that no experiment had a part in.
     *
     * @param placement the placement whose definition made it
     * @param level how far down its chain of fallbacks the list reaches
     * @param items best first
     */
    public Recommended(Optional<String> placement, int level, List<Item> items) {
        this(placement, level, items, Optional.empty());
    }

    /**
     * The same list as a variant of an experiment.
     *
     * @param variant which one; empty for none
     * @return the list
     */
    public Recommended as(Optional<Tried> variant) {
        return new Recommended(placement, level, items, variant);
    }

    /**
     * A product of the list.
     *
     * @param product the shop's own id
     * @param score the higher the better, never higher than the one before; only comparable within one answer
     * @param reasons why, the weightiest first, those of rules and fallbacks last
     * @param explanation how the strategy's own score came about
     * @param strategy the plugin that gave it, or {@link #CATALOGUE}, {@link #RULE} or {@link #SHOP}; empty without a placement
     * @param rule the rule that moved it last; empty when none did
     * @param level which link of the chain gave it; 0 for the strategies
     */
    public record Item(String product, double score, List<Reason> reasons, Optional<Explanation> explanation, Optional<String> strategy,
            Optional<String> rule, int level) {
    }

    /**
     * A list that no placement made.
     *
     * @param ranking the plugin's answer
     * @return the same list
     */
    public static Recommended of(Ranking ranking) {
        List<Item> items = new ArrayList<>(ranking.items().size());
        for (RankedItem item : ranking.items()) {
            items.add(new Item(item.product(), item.score(), item.reasons(), item.explanation(), Optional.empty(), Optional.empty(), 0));
        }
        return new Recommended(Optional.empty(), 0, items);
    }

    /**
     * The list alone.
     *
     * @return the same products in the same order
     */
    public Ranking ranking() {
        return new Ranking(items.stream().map(item -> new RankedItem(item.product(), item.score(), item.reasons(), item.explanation()))
                .toList());
    }
}
