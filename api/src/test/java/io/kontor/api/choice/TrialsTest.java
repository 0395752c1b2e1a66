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

    @Test
    void looksForOneSettingAfterTheOther() {
        Trials<List<Integer>> trials = new Trials<>(xy -> -Math.pow(xy.get(0) - xy.get(1), 2) - Math.pow(xy.get(1) - 3, 2),
                JobContext.unwatched());
        assertEquals(List.of(3, 3), trials.climb(List.of(0, 3), List.of(best -> List.of(List.of(1, best.get(1)), List.of(3, best.get(1))),
                best -> List.of(List.of(best.get(0), 2), List.of(best.get(0), 4)))));
    }
}
