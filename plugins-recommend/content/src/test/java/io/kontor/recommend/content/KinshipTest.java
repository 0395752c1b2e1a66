package io.kontor.recommend.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.content.Terms;
import io.kontor.api.content.Words;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KinshipTest {

    private static final int PRODUCTS = Kinship.MOST_LENDERS + 1;
    private static final int RARE = 7;

    private static Terms word(int product) {
        return new Terms(new int[] {product % Words.BUCKETS}, new float[] {1});
    }

    @Test
    void borrowsFromProductsThatWereChosenOftenEnough() {
        List<Terms> said = IntStream.range(0, PRODUCTS).mapToObj(product -> product == 2 ? word(RARE) : word(product)).toList();
        float[] popularity = new float[PRODUCTS];
        for (int product = 0; product < PRODUCTS; product++) {
            popularity[product] = product == RARE ? 0.1f : 0.2f;
        }
        Space places = Space.of("test", PRODUCTS, product -> new float[] {product < PRODUCTS - 1 ? 1 : -1, product == 5 ? 3 : 0});
        Kinship kinship = new Kinship(Terms.matrix(said, Words.BUCKETS), places, Space.NONE, 0, popularity);
        assertEquals(Kinship.MOST_LENDERS, kinship.size());
        assertEquals(2, kinship.nearest(word(RARE), places.seen(null), new float[0]).buckets()[0], "the rare one of these words lends nothing");
        assertArrayEquals(new int[] {PRODUCTS - 1}, kinship.nearest(Terms.NONE, places.of(PRODUCTS - 1), new float[0]).buckets());
        assertArrayEquals(new int[] {5}, kinship.nearest(Terms.NONE, places.seen(new float[] {1, 3}), new float[0]).buckets());
    }
}
