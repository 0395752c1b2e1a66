package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SparseMatrixTest {

    private final SparseMatrix matrix = new SparseMatrix(3, new int[] {0, 2, 2, 4}, new int[] {2, 0, 1, 2}, new float[] {1, 2, 3, 4});

    @Test
    void exchangesRowsAndColumns() {
        SparseMatrix turned = matrix.transposed();
        assertEquals(3, turned.rows());
        assertArrayEquals(new int[] {0}, turned.columnsOf(0));
        assertArrayEquals(new float[] {2}, turned.valuesOf(0));
        assertArrayEquals(new int[] {0, 2}, turned.columnsOf(2));
        assertArrayEquals(new float[] {1, 4}, turned.valuesOf(2));
    }

    @Test
    void takesRowsOut() {
        SparseMatrix some = matrix.rows(new int[] {2, 1});
        assertArrayEquals(new int[] {1, 2}, some.columnsOf(0));
        assertEquals(0, some.length(1));
        assertEquals(3, some.columns());
    }

    @Test
    void refusesRowsThatEndElsewhere() {
        assertThrows(IllegalArgumentException.class, () -> new SparseMatrix(3, new int[] {0, 1}, new int[2], new float[2]));
    }
}
