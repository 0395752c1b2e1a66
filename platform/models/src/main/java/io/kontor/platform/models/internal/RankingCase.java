package io.kontor.platform.models.internal;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RecommendationRequest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A held-out customer: what is known of the earlier part, and the new products of the later one. Filled in the order of time. */
final class RankingCase {

    private final String customer;
    private final int limit;
    private final Deque<Interaction> history = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> relevant = new HashSet<>();

    /**
     * A customer of whom nothing is known yet.
     *
     * @param customer the customer's id
     * @param limit how many interactions are kept, the latest
     */
    RankingCase(String customer, int limit) {
        this.customer = customer;
        this.limit = limit;
    }

    void did(Interaction interaction, boolean positive) {
        history.addFirst(interaction);
        if (history.size() > limit) {
            history.removeLast();
        }
        if (positive) {
            seen.add(interaction.product());
        }
    }

    void turnedTo(String product) {
        if (!seen.contains(product)) {
            relevant.add(product);
        }
    }

    boolean expectsSomething() {
        return !relevant.isEmpty();
    }

    Set<String> relevant() {
        return relevant;
    }

    String customer() {
        return customer;
    }

    /** How many interactions are known, at most the limit. */
    int known() {
        return history.size();
    }

    /** When the first of them was. */
    Instant first() {
        return history.getLast().time();
    }

    RecommendationRequest request(int n) {
        return new RecommendationRequest(Optional.empty(), Optional.of(customer), Optional.empty(), List.of(), List.copyOf(history), n,
                product -> !seen.contains(product));
    }
}
