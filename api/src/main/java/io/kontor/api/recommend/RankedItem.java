package io.kontor.api.recommend;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One recommended product. Immutable.
 *
 * @param product the shop's own id
 * @param score the higher the better; only comparable within one answer; finite
 * @param reasons why this product, the weightiest first; at least one
 * @param explanation how the score came about, where the plugin can tell
 */
public record RankedItem(String product, double score, List<Reason> reasons, Optional<Explanation> explanation) {

    /** Copies the reasons and checks the score. */
    public RankedItem {
        Objects.requireNonNull(product, "product");
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(explanation, "explanation");
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("score of " + product + " is not finite");
        }
    }

    /**
     * An item without an explanation in numbers.
     *
     * @param product the shop's own id
     * @param score the higher the better
     * @param reasons why this product
     */
    public RankedItem(String product, double score, List<Reason> reasons) {
        this(product, score, reasons, Optional.empty());
    }
}
