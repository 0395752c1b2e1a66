package io.kontor.recommend.als;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchTest {

    private static final int PRODUCTS = 30_000;
    private static final int FACTORS = 32;
    private static final int TASTES = 60;
    private static final int ASKED = 200;

    private final Random random = new Random(4);
    private final float[][] tastes = new float[TASTES][FACTORS];
    private final float[] learned = learned();
    private final ItemFactors exact = model(false, PRODUCTS);
    private final ItemFactors near = model(false, 1_000);

    /** Vectors about tastes; few products are chosen often and have long ones. */
    private float[] learned() {
        for (float[] taste : tastes) {
            for (int k = 0; k < FACTORS; k++) {
                taste[k] = (float) random.nextGaussian();
            }
        }
        float[] rows = new float[PRODUCTS * FACTORS];
        for (int product = 0; product < PRODUCTS; product++) {
            float[] taste = tastes[random.nextInt(TASTES)];
            double length = 0.1 + Math.pow(random.nextDouble(), 8);
            for (int k = 0; k < FACTORS; k++) {
                rows[product * FACTORS + k] = (float) (length * (taste[k] + 0.7 * random.nextGaussian()));
            }
        }
        return rows;
    }

    private ItemFactors model(boolean bytes, int mostExact) {
        Items items = new Items(IntStream.range(0, PRODUCTS).mapToObj(i -> "p" + i).toArray(String[]::new));
        return ItemFactors.of(items, new Counting(Double.NEGATIVE_INFINITY, 1), Evenness.NONE, new Strengths(0.01, 0.1), FACTORS, learned,
                bytes, mostExact);
    }

    private float[] customer(int number) {
        float[] vector = new float[FACTORS];
        Random own = new Random(number);
        for (int k = 0; k < FACTORS; k++) {
            vector[k] = tastes[number % TASTES][k] + tastes[(number * 7 + 3) % TASTES][k] + (float) (0.5 * own.nextGaussian());
        }
        return vector;
    }

    private static List<String> found(ItemFactors model, float[] vector, Set<String> excluded) {
        return Arrays.stream(Search.best(model, vector, 10, product -> !excluded.contains(model.items().id(product))))
                .mapToObj(model.items()::id).toList();
    }

    @Test
    void findsNearlyAllOfTheBestInAFewOfTheClusters() {
        int same = 0;
        for (int i = 0; i < ASKED; i++) {
            Set<String> best = new HashSet<>(found(exact, customer(i), Set.of()));
            List<String> some = found(near, customer(i), Set.of());
            assertEquals(10, new HashSet<>(some).size());
            same += (int) some.stream().filter(best::contains).count();
        }
        assertTrue(same > 0.95 * 10 * ASKED, same + " of " + 10 * ASKED);
    }

    @Test
    void goesOnUntilThereAreEnoughThatMayBeFound() {
        Set<String> excluded = new HashSet<>();
        for (int product = 0; product < PRODUCTS; product++) {
            if (product % 1_000 != 0) {
                excluded.add("p" + product);
            }
        }
        for (int i = 0; i < 20; i++) {
            List<String> positive = found(exact, customer(i), excluded);
            assertEquals(positive.size(), found(near, customer(i), excluded).size());
        }
    }

    @Test
    void keepsItsClustersWhenItIsWritten() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        near.write(bytes);
        ItemFactors read = ItemFactors.read(new ByteArrayInputStream(bytes.toByteArray()));
        assertEquals(found(near, customer(1), Set.of()), found(read, customer(1), Set.of()));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        model(false, 1_000).write(again);
        assertArrayEquals(bytes.toByteArray(), again.toByteArray(), "the same again");
    }
}
