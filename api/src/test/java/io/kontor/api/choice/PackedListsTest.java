package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedListsTest {

    private static final int PRODUCTS = 20_000;

    /** Lists of 0 to 300 targets whose similarities lie in four orders of magnitude. */
    static PlainLists random(Random random) {
        int[] starts = new int[PRODUCTS + 1];
        int[] targets = new int[PRODUCTS * 150];
        float[] similarities = new float[targets.length];
        int size = 0;
        for (int source = 0; source < PRODUCTS && size < targets.length - 300; source++) {
            int target = -1;
            for (int left = random.nextInt(301); left > 0; left--) {
                target += 1 + random.nextInt(130);
                if (target < PRODUCTS) {
                    targets[size] = target;
                    similarities[size++] = (float) Math.exp(-9 * random.nextDouble());
                }
            }
            starts[source + 1] = size;
        }
        for (int source = 1; source <= PRODUCTS; source++) {
            starts[source] = Math.max(starts[source], starts[source - 1]);
        }
        return new PlainLists(starts, Arrays.copyOf(targets, size), Arrays.copyOf(similarities, size));
    }

    private static byte[] written(PairLists lists) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        lists.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void keepsEveryPairAndItsSimilarityToHalfAStepInAThirdOfTheBytes() throws IOException {
        PlainLists plain = random(new Random(1));
        PackedLists packed = PackedLists.of(plain);
        float[] exact = new float[PRODUCTS];
        float[] near = new float[PRODUCTS];
        for (int source = 0; source < PRODUCTS; source += 37) {
            Arrays.fill(exact, 0);
            Arrays.fill(near, 0);
            plain.add(source, 2, exact);
            packed.add(source, 2, near);
            for (int target = 0; target < PRODUCTS; target++) {
                assertEquals(exact[target] > 0, near[target] > 0);
                assertEquals(Math.sqrt(exact[target]), Math.sqrt(near[target]), 2 * 1.01 / 255, source + " to " + target);
                if (target % 101 == 0) {
                    assertEquals(near[target], 2 * packed.similarity(source, target), 1e-6);
                }
            }
        }
        assertTrue(written(packed).length < 0.35 * written(plain).length, written(packed).length + " of " + written(plain).length);
    }

    @Test
    void readsNothingThatIsDamaged() throws IOException {
        PackedLists packed = PackedLists.of(random(new Random(2)));
        byte[] whole = written(packed);
        int[] begins = new int[PRODUCTS + 1];
        for (int source = 0; source < PRODUCTS; source++) {
            begins[source + 1] = begins[source] + packed.length(source);
        }
        assertEquals(packed.pairs(), PackedLists.read(new DataInputStream(new ByteArrayInputStream(whole)), begins, packed.pairs()).pairs());
        byte[] endless = whole.clone();
        Arrays.fill(endless, PRODUCTS * Float.BYTES, PRODUCTS * Float.BYTES + 1_000, (byte) 0xff);
        for (byte[] damaged : new byte[][] {endless, Arrays.copyOf(whole, whole.length - 1), new byte[whole.length]}) {
            assertThrows(IOException.class,
                    () -> PackedLists.read(new DataInputStream(new ByteArrayInputStream(damaged)), begins, packed.pairs()));
        }
    }
}
