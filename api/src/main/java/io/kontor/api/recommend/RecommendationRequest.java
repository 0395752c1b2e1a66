package io.kontor.api.recommend;

import io.kontor.api.data.Interaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a shop asks. Immutable but for the predicate, which is safe for use by several threads.
 *
 * @param placement where the list will stand ({@code home}, {@code product}, {@code cart}, ...); empty when not said
 * @param customer the customer's pseudonym, as in snapshots; empty for an unknown visitor
 * @param product the product looked at; empty when there is none
 * @param session products of the running visit, oldest first; may be empty
 * @param history what the customer did, newest first, as far as the platform knows; may be empty
 * @param n how many items are wanted, 1 to 1,000
 * @param eligible whether a product may be in the answer. Already bought, inactive and excluded products are not. Candidates must be
 *     tested before the best n are picked, so that lists stay full
 */
public record RecommendationRequest(Optional<String> placement, Optional<String> customer, Optional<String> product,
        List<String> session, List<Interaction> history, int n, Predicate<String> eligible) {

    /** Copies the lists and checks n. */
    public RecommendationRequest {
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(product, "product");
        session = List.copyOf(session);
        history = List.copyOf(history);
        Objects.requireNonNull(eligible, "eligible");
        if (n < 1 || n > 1000) {
            throw new IllegalArgumentException("n must be 1 to 1000, not " + n);
        }
    }
}
