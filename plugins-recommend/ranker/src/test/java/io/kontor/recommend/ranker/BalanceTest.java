package io.kontor.recommend.ranker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BalanceTest {

    /** Inputs are the products; the machine likes one of them. */
    private static Machine liking(int product) {
        double[] weights = new double[40];
        weights[product] = 5;
        return new Machine(2, 0, weights, new double[80]);
    }

    private static Balance hidden(int product) {
        List<RankedItem> list = new ArrayList<>();
        List<int[]> active = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            list.add(new RankedItem(String.format("p%02d", i), 40 - i, List.of(new Reason("number", "It has a number.", 1))));
            active.add(new int[] {i});
        }
        Balance balance = new Balance();
        balance.add(new Pool(List.of(list), new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(),
                40, id -> true)), active, Set.of(String.format("p%02d", product)));
        return balance;
    }

    @Test
    void leavesOutAMachineThatMakesTheOrderWorse() {
        assertEquals(0, hidden(0).best(0, liking(30)).machine());
    }

    @Test
    void followsAMachineThatFindsWhatTheBestMemberMisses() {
        assertTrue(hidden(30).best(0, liking(30)).machine() >= 0.4);
    }
}
