package io.kontor.recommend.shelves;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records in which every purchase was looked at and put into the cart before. */
final class Busy {

    static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    private Busy() {
    }

    static SampleStore store() {
        SampleStore store = TasteGroups.generate(4, 30, 40, 12, 7);
        for (int group = 0; group < 4; group++) {
            for (int number = 0; number < 30; number++) {
                String customer = "c" + group + "-" + number;
                for (Interaction purchase : store.history(customer, 500)) {
                    store.event("view", customer, "v" + customer, purchase.product(), Double.NaN, purchase.time().minusSeconds(120));
                    store.event("cart", customer, "v" + customer, purchase.product(), Double.NaN, purchase.time().minusSeconds(60));
                }
            }
        }
        return store;
    }

    /** Looks and purchases of a product on a day before {@link #TIME}. */
    static void busy(SampleStore store, String product, int daysBefore, int looks, int purchases) {
        Instant day = TIME.minus(Duration.ofDays(daysBefore));
        for (int i = 0; i < looks; i++) {
            store.event("view", null, product + daysBefore + "/" + i, product, Double.NaN, day);
        }
        for (int i = 0; i < purchases; i++) {
            store.purchase(null, product, day);
        }
    }

    static RecommendationRequest about(String product) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of(product), List.of(), List.of(), 10,
                other -> !other.equals(product));
    }

    static RecommendationRequest of(String customer) {
        return new RecommendationRequest(Optional.empty(), Optional.of(customer), Optional.empty(), List.of(), List.of(), 10, other -> true);
    }

    static List<String> products(Ranking ranking) {
        return ranking.items().stream().map(RankedItem::product).toList();
    }

    static String said(Ranking ranking, int rank) {
        return ranking.items().get(rank).reasons().get(0).text();
    }
}
