package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class ChoicesTest {

    private static final Choices THREE = new Choices(new Items(new String[] {"rare", "liked", "known"}),
            new Counting(Double.NEGATIVE_INFINITY, 1),
            new SparseMatrix(3, new int[] {0, 3, 5, 6}, new int[] {2, 0, 1, 1, 2, 1}, new float[] {1, 1, 0.5f, 1, 1, 1}));

    @Test
    void keepsTheMostChosenProductsAndAllActors() {
        Choices two = THREE.mostChosen(2);
        assertEquals("liked", two.items().id(0));
        assertEquals("known", two.items().id(1));
        assertEquals(3, two.actors());
        assertArrayEquals(new int[] {1, 0}, two.matrix().columnsOf(0));
        assertArrayEquals(new float[] {1, 0.5f}, two.matrix().valuesOf(0));
        assertArrayEquals(new int[] {0}, two.matrix().columnsOf(2));
    }

    @Test
    void keepsAllProductsWhereThereAreNoMore() {
        assertSame(THREE, THREE.mostChosen(3));
    }
}
