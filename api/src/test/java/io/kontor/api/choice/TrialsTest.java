package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {

    @Test
    void takesTheBestAndTriesNothingTwice() {
        List<Integer> tried = new ArrayList<>();
        Trials<Integer> trials = new Trials<>(x -> {
            tried.add(x);
            return -Math.abs(x - 7);
        }, JobContext.unwatched());
        assertEquals(6, trials.best(List.of(1, 6, 8, 20)), "of equal ones the first");
        assertEquals(7, trials.best(List.of(6, 7, 8)));
        assertEquals(List.of(1, 6, 8, 20, 7), tried);
    }

    @Test
    void takesTheFirstWhenNothingCanBeJudged() {
        assertEquals("usual", new Trials<String>(any -> Double.NaN, JobContext.unwatched()).best(List.of("usual", "other")));
    }
}
