package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Interaction;
import io.kontor.api.data.Interaction.Type;
import io.kontor.api.recommend.RecommendationRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BasketTest {

    private static final Items ITEMS = new Items(new String[] {"a", "b", "c", "d", "e"});
    private static final Counting COUNTING = new Counting(3, 1);
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static Interaction deed(Type type, String product, double value) {
        return new Interaction(product, type, TIME, value);
    }

    private static List<String> inOrder(Optional<String> product, List<String> session, List<Interaction> history, int most) {
        Basket basket = Basket.inOrder(ITEMS, COUNTING, new RecommendationRequest(Optional.empty(), Optional.empty(), product, session, history,
                10, one -> true), most);
        List<String> products = new ArrayList<>();
        for (int place = 0; place < basket.size(); place++) {
            assertEquals(1, basket.weight(place));
            products.add(ITEMS.id(basket.product(place)));
        }
        return products;
    }

    @Test
    void putsTheHistoryBeforeTheVisitAndTheProductLookedAtLast() {
        List<Interaction> history = List.of(deed(Type.PURCHASE, "b", 1), deed(Type.VIEW, "a", 1));
        assertEquals(List.of("a", "b", "c", "d", "e"), inOrder(Optional.of("e"), List.of("c", "d"), history, 10));
        assertEquals(List.of("c", "d", "e"), inOrder(Optional.of("e"), List.of("c", "d"), history, 3));
    }

    @Test
    void keepsEachProductWhereItWasLast() {
        List<Interaction> history = List.of(deed(Type.PURCHASE, "b", 1), deed(Type.VIEW, "a", 1), deed(Type.VIEW, "b", 1));
        assertEquals(List.of("b", "c", "a"), inOrder(Optional.of("a"), List.of("c", "a", "c"), history, 10));
    }

    @Test
    void leavesOutWhatIsUnknownSentBackOrNotLiked() {
        List<Interaction> history = List.of(deed(Type.RETURN, "b", 1), deed(Type.PURCHASE, "b", 1), deed(Type.RATING, "a", 2),
                deed(Type.RATING, "c", 4), deed(Type.PURCHASE, "gone", 1), deed(Type.IMPRESSION, "d", 1));
        assertEquals(List.of("c"), inOrder(Optional.of("new"), List.of("newer"), history, 10));
        assertEquals(List.of(), inOrder(Optional.empty(), List.of(), List.of(), 10));
    }
}
