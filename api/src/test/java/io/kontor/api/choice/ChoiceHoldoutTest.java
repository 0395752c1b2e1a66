package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.job.JobContext;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceHoldoutTest {

    private static final int PRODUCTS = 60;

    /** Actors of two tastes: products of even or of odd index. The actor of a row chose 1 to 20 of them. */
    private static Choices tastes(int actors) {
        Random random = new Random(3);
        int[] starts = new int[actors + 1];
        int[] cells = new int[actors * 20];
        int count = 0;
        for (int actor = 0; actor < actors; actor++) {
            int taste = actor % 2;
            for (int product : random.ints(0, PRODUCTS / 2).distinct().limit(1 + actor % 20).toArray()) {
                cells[count++] = 2 * product + taste;
            }
            starts[actor + 1] = count;
        }
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        String[] ids = IntStream.range(0, PRODUCTS).mapToObj(i -> "p" + i).toArray(String[]::new);
        return new Choices(new Items(ids), new Counting(Double.NEGATIVE_INFINITY, 1),
                new SparseMatrix(PRODUCTS, starts, Arrays.copyOf(cells, count), ones));
    }

    @Test
    void hidesTheShareOfEachActorAndNeverAll() {
        Choices all = tastes(200);
        ChoiceHoldout held = all.holdOut(0.2, 1_000, 1);
        assertEquals(190, held.cases(), "one actor in twenty has a single product");
        for (int actor = 0; actor < 200; actor++) {
            int length = all.matrix().length(actor);
            int hidden = length == 1 ? 0 : Math.max(1, (int) (0.2 * length + 0.5));
            assertEquals(length - hidden, held.rest().matrix().length(actor));
        }
    }

    @Test
    void leavesPairsWhereEverybodyChoseTwoProducts() {
        float[] ones = new float[14];
        Arrays.fill(ones, 1);
        SparseMatrix pairs = new SparseMatrix(2, IntStream.rangeClosed(0, 7).map(i -> 2 * i).toArray(),
                IntStream.range(0, 14).map(i -> i % 2).toArray(), ones);
        ChoiceHoldout held = new Choices(new Items(new String[] {"a", "b"}), new Counting(Double.NEGATIVE_INFINITY, 1), pairs)
                .holdOut(0.2, 1_000, 1);
        assertEquals(3, held.cases());
        assertEquals(11, held.rest().matrix().size());
    }

    @Test
    void asksNoMoreActorsThanItMayAndTheSameOnesForASeed() {
        Choices all = tastes(200);
        ChoiceHoldout held = all.holdOut(0.2, 50, 1);
        assertEquals(50, held.cases());
        assertEquals(held.rest().size(), all.holdOut(0.2, 50, 1).rest().size());
        assertEquals(120, all.sample(120, 5).actors());
        assertEquals(all, all.sample(200, 5));
    }

    @Test
    void findsThatKnowingTheTasteIsBetterThanNotKnowingIt() {
        ChoiceHoldout held = tastes(400).holdOut(0.2, 1_000, 1);
        ChoiceHoldout.Scorer taste = (chosen, weights, scores) -> {
            for (int product = 0; product < scores.length; product++) {
                scores[product] = product % 2 == chosen[0] % 2 ? 1 : 0;
            }
        };
        double knowing = held.ndcg(taste, JobContext.unwatched());
        double blind = held.ndcg((chosen, weights, scores) -> Arrays.fill(scores, 1), JobContext.unwatched());
        assertTrue(knowing > 1.4 * blind && blind > 0 && knowing < 1, knowing + " and " + blind);
    }

    @Test
    void judgesTheSameOneByOneAndInBatches() {
        ChoiceHoldout held = tastes(400).holdOut(0.2, 1_000, 1);
        double alone = held.ndcg((chosen, weights, scores) -> {
            for (int product = 0; product < scores.length; product++) {
                scores[product] = product % 2 == chosen[0] % 2 ? product : 0;
            }
        }, JobContext.unwatched());
        double together = held.ndcgInBatches((chosen, scores) -> {
            assertTrue(chosen.rows() > 1 && scores.length >= chosen.rows() * PRODUCTS, chosen.rows() + " actors at once");
            for (int row = 0; row < chosen.rows(); row++) {
                for (int product = 0; product < PRODUCTS; product++) {
                    assertEquals(0, scores[row * PRODUCTS + product]);
                    scores[row * PRODUCTS + product] = product % 2 == chosen.columnsOf(row)[0] % 2 ? product : 0;
                }
            }
        }, JobContext.unwatched());
        assertEquals(alone, together);
    }

    @Test
    void givesOneToAScorerThatKnowsWhatIsHidden() {
        Choices all = tastes(100);
        ChoiceHoldout held = all.holdOut(0.2, 1_000, 1);
        SparseMatrix rest = held.rest().matrix();
        double known = held.ndcg((chosen, weights, scores) -> {
            for (int actor = 0; actor < all.actors(); actor++) {
                if (Arrays.equals(rest.columnsOf(actor), chosen)) {
                    for (int product : all.matrix().columnsOf(actor)) {
                        scores[product]++;
                    }
                }
            }
        }, JobContext.unwatched());
        assertTrue(known > 0.9, "rows that are alike by chance apart, all is found: " + known);
    }
}
