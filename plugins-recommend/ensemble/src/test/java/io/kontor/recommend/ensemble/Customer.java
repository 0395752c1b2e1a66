package io.kontor.recommend.ensemble;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A customer at an origin: what was known then, and what came after. For one thread. */
final class Customer {

    private static final int MOST_HISTORY = 500;

    private final String id;
    private final Deque<Interaction> history = new ArrayDeque<>();
    private final Set<String> chosen = new HashSet<>();
    private final Set<String> relevant = new HashSet<>();

    Customer(String id) {
        this.id = id;
    }

    void did(Interaction interaction) {
        history.addFirst(interaction);
        if (history.size() > MOST_HISTORY) {
            history.removeLast();
        }
        chosen.add(interaction.product());
    }

    void turnedTo(String product) {
        if (!chosen.contains(product)) {
            relevant.add(product);
        }
    }

    Set<String> relevant() {
        return relevant;
    }

    RecommendationRequest request(int n) {
        return new RecommendationRequest(Optional.empty(), Optional.of(id), Optional.empty(), List.of(), List.copyOf(history), n,
                product -> !chosen.contains(product));
    }
}
