package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreSumsTest {

    @Test
    void addsUpWhatListsAddToAllScores() {
        Random random = new Random(3);
        PlainLists plain = PackedListsTest.random(random);
        for (PairLists lists : List.of(plain, PackedLists.of(plain))) {
            for (int basket = 0; basket < 50; basket++) {
                int[] sources = random.ints(1 + random.nextInt(5), 0, lists.sources()).toArray();
                int reach = 0;
                for (int source : sources) {
                    reach += lists.reach(source);
                }
                ScoreSums sums = new ScoreSums(reach);
                float[] scores = new float[lists.sources()];
                for (int source : sources) {
                    lists.add(source, 0.3f * source, scores);
                    lists.add(source, 0.3f * source, sums);
                }
                Set<Integer> found = new HashSet<>();
                for (int place = 0; place < sums.places(); place++) {
                    assertTrue(found.add(sums.product(place)), "in one place");
                    assertEquals(scores[sums.product(place)], sums.sum(place));
                    scores[sums.product(place)] = 0;
                }
                for (float score : scores) {
                    assertEquals(0, score, "in no place");
                }
            }
        }
    }

    @Test
    void hasRoomForAsManyAsWereSaid() {
        for (int most = 0; most < 70; most++) {
            ScoreSums sums = new ScoreSums(most);
            for (int product = 0; product < most; product++) {
                sums.add(product << 16, 1);
                sums.add(product << 16, product);
            }
            assertEquals(most, sums.places());
            double total = 0;
            for (int place = 0; place < sums.places(); place++) {
                total += sums.sum(place);
            }
            assertEquals(most * (most + 1) / 2.0, total);
        }
    }
}
