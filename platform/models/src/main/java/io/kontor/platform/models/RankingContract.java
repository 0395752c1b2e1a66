package io.kontor.platform.models;

import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What every answer of a recommender must keep to. Training and serving judge by this one rule, so that a plugin which passes the one does
 * not fail the other. The bounds on texts keep an answer from filling the memory of the server and its clients.
 */
public final class RankingContract {

    /** Most characters of a product's id. */
    public static final int MAX_ID = 256;
    /** Most reasons of one item. */
    public static final int MAX_REASONS = 20;
    /** Most characters of a reason's code or text. */
    public static final int MAX_TEXT = 1_000;

    private RankingContract() {
    }

    /**
     * Looks for a breach.
     *
     * @param ranking the answer; may be null
     * @param request what was asked
     * @return what is wrong, to be read after "the answer", for example {@code has 12 items where 10 were asked for}; empty when all is well
     */
    public static Optional<String> violation(Ranking ranking, RecommendationRequest request) {
        if (ranking == null) {
            return Optional.of("is null");
        }
        List<RankedItem> items = ranking.items();
        if (items.size() > request.n()) {
            return Optional.of("has " + items.size() + " items where " + request.n() + " were asked for");
        }
        Set<String> seen = new HashSet<>(items.size() * 2);
        for (RankedItem item : items) {
            if (item.product().length() > MAX_ID) {
                return Optional.of("names a product by more than " + MAX_ID + " characters");
            }
            if (!seen.add(item.product())) {
                return Optional.of("has product " + item.product() + " twice");
            }
            if (!request.eligible().test(item.product())) {
                return Optional.of("has product " + item.product() + ", which is not eligible");
            }
            if (tooMuch(item.reasons())) {
                return Optional.of("explains product " + item.product() + " by more than " + MAX_REASONS + " reasons of " + MAX_TEXT
                        + " characters");
            }
        }
        return Optional.empty();
    }

    private static boolean tooMuch(List<Reason> reasons) {
        if (reasons.size() > MAX_REASONS) {
            return true;
        }
        for (Reason reason : reasons) {
            if (reason.code().length() > MAX_TEXT || reason.text().length() > MAX_TEXT) {
                return true;
            }
        }
        return false;
    }
}
