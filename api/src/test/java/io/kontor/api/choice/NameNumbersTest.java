package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NameNumbersTest {

    private final NameNumbers numbers = new NameNumbers();

    @Test
    void numbersNamesInTheOrderInWhichTheyFirstCome() {
        String[] names = {"b", "a", "", "盒子", "é", "c1", "c" + "x".repeat(20_000)};
        for (int i = 0; i < names.length; i++) {
            assertEquals(i, numbers.of(names[i]));
        }
        for (int i = 0; i < names.length; i++) {
            assertEquals(i, numbers.of(names[i]));
        }
        assertEquals(names.length, numbers.size());
        assertArrayEquals(names, numbers.names());
    }

    @Test
    void keepsNamesOfTheSameHashApart() {
        assertEquals("AaBB".hashCode(), "BBAa".hashCode());
        assertEquals(0, numbers.of("AaBB"));
        assertEquals(1, numbers.of("BBAa"));
        assertEquals(0, numbers.of("AaBB"));
        assertEquals(1, numbers.of("BBAa"));
    }

    @Test
    void saysWhatAMapSaysOfManyNames() {
        Map<String, Integer> expected = new HashMap<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            String name = "c" + random.nextInt(30_000);
            int next = expected.size();
            assertEquals(expected.computeIfAbsent(name, one -> next), numbers.of(name));
        }
        String[] names = numbers.names();
        expected.forEach((name, number) -> assertEquals(name, names[number]));
    }
}
