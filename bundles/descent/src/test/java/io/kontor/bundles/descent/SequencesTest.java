package io.kontor.bundles.descent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Choices;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static Choices choices(int products) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int i = 0; i < products; i++) {
            store.purchase("u", "p" + i, TIME.plusSeconds(i));
        }
        return Choices.read(store.training(1), 0);
    }

    private static Sequences sequences(int products) {
        return Sequences.of(choices(products), 3, 1);
    }

    @Test
    void hidesTheNewestChoiceAndLearnsEveryOtherStepOnce() {
        Sequences sequences = sequences(8);
        assertEquals(1, sequences.judged().size());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, sequences.judged().get(0));
        assertEquals(2, sequences.windows().size());
        assertArrayEquals(new int[] {3, 4, 5, 6}, sequences.windows().get(0));
        assertArrayEquals(new int[] {0, 1, 2, 3}, sequences.windows().get(1));
        assertEquals(6, sequences.steps());
    }

    @Test
    void hidesAnyChoiceWhereOrderMeansNothing() {
        Set<Integer> hidden = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            Sequences sequences = Sequences.inAnyOrder(choices(4), 8, seed);
            int[] judged = sequences.judged().get(0);
            hidden.add(judged[3]);
            assertArrayEquals(Arrays.copyOf(judged, 3), sequences.windows().get(0));
            assertArrayEquals(new int[] {0, 1, 2, 3}, Arrays.stream(judged).sorted().toArray());
        }
        assertEquals(Set.of(0, 1, 2, 3), hidden);
    }

    @Test
    void makesBatchesOfNoMoreThanSoManySteps() {
        Sequences sequences = sequences(8);
        assertEquals(List.of(1, 1), sequences.batches(3, new SplittableRandom(1)).stream().map(batch -> batch.length).toList());
        assertEquals(List.of(2), sequences.batches(6, new SplittableRandom(1)).stream().map(batch -> batch.length).toList());
    }

    @Test
    void refusesDataInWhichNobodyChoseTwice() {
        assertEquals(KontorException.Kind.DATA, assertThrows(KontorException.class, () -> sequences(1)).kind());
    }
}
