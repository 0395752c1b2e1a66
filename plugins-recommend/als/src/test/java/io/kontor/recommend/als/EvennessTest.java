package io.kontor.recommend.als;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.choice.SparseMatrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EvennessTest {

    /** Products 0 to 3, of which the last has no choice; customers of 3, 1 and 2 choices, the last of which chose for a half. */
    private static final SparseMatrix CHOICES = new SparseMatrix(4, new int[] {0, 3, 4, 6}, new int[] {0, 1, 2, 0, 0, 1},
            new float[] {1, 1, 1, 1, 0.5f, 0.5f});

    private static float[] row(Evenness evenness, int... products) {
        float[] weights = new float[products.length];
        Arrays.fill(weights, 1);
        evenness.weigh(products, weights);
        return weights;
    }

    @Test
    void aChoiceCountsLessTheMoreThereAreOfBothAndAllTogetherAsBefore() {
        SparseMatrix even = Evenness.of(CHOICES, 0.5).weighted(CHOICES);
        assertEquals(Math.sqrt((3 * 1) / (1.0 * 3)), even.value(3) / even.value(2), 1e-6, "of 1 choice and 3 customers, of 3 choices and 1");
        assertEquals(Math.sqrt(3 / 1.0), even.value(3) / even.value(0), 1e-6, "the same product");
        assertEquals(0.5 * Math.sqrt((3 * 2) / (2.0 * 3)), even.value(4) / even.value(1), 1e-6, "half of 2 and 3, of 3 and 2");
        float sum = 0;
        for (int place = 0; place < even.size(); place++) {
            sum += even.value(place);
            assertEquals(CHOICES.column(place), even.column(place));
        }
        assertEquals(5, sum, 1e-5);
        assertSame(CHOICES, Evenness.of(CHOICES, 0).weighted(CHOICES));
    }

    @Test
    void somebodyWhoComesLaterIsWeighedAsInTraining() throws IOException {
        Evenness evenness = Evenness.of(CHOICES, 0.25);
        assertArrayEquals(evenness.weighted(CHOICES).valuesOf(0), row(evenness, 0, 1, 2));
        assertArrayEquals(row(evenness, 2, 3), row(evenness.ordered(new int[] {3, 2, 1, 0}), 1, 0));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        evenness.write(new DataOutputStream(out));
        byte[] bytes = out.toByteArray();
        assertArrayEquals(row(evenness, 0, 3), row(Evenness.read(new DataInputStream(new ByteArrayInputStream(bytes)), 4), 0, 3));
        bytes[8] = (byte) 0x80;
        assertThrows(IOException.class, () -> Evenness.read(new DataInputStream(new ByteArrayInputStream(bytes)), 4));
        assertArrayEquals(new float[] {1, 1}, row(Evenness.NONE, 0, 3));
    }
}
