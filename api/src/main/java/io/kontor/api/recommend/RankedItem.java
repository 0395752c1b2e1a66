package io.kontor.api.recommend;

import io.kontor.api.decision.Reason;
import java.util.List;
import java.util.Objects;

/**
 * One recommended product. Immutable.
 *
 * @param product the shop's own id
 * @param score the higher the better; only comparable within one answer; finite
 * @param reasons why this product, the weightiest first; at least one
 */
public record RankedItem(String product, double score, List<Reason> reasons) {

    /** Copies the reasons and checks the score. */
    public RankedItem {
        Objects.requireNonNull(product, "product");
        reasons = List.copyOf(reasons);
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("score of " + product + " is not finite");
        }
    }
}
