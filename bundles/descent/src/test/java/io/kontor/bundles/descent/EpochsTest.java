package io.kontor.bundles.descent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.job.JobContext;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochsTest {

    private static final Sequences NOTHING_HIDDEN = new Sequences(List.of(new int[] {0, 1}), List.of());
    private static final Sequences HIDDEN = new Sequences(List.of(new int[] {0, 1}), List.of(new int[] {0, 1}));

    /** Ranks the hidden product better until some epoch and worse from then on. */
    private static class Rising implements Epochs.Learner<Integer> {

        private final int best;
        private int epoch;

        Rising(int best) {
            this.best = best;
        }

        @Override
        public double epoch() {
            return ++epoch;
        }

        @Override
        public Integer model() {
            return epoch;
        }

        @Override
        public float[] scores(Integer model, int[] chosen) {
            float[] scores = new float[20];
            for (int product = 2; product < 2 + Math.abs(best - model); product++) {
                scores[product] = 1;
            }
            return scores;
        }
    }

    @Test
    void keepsTheBestAndStopsWhenItGetsNoBetter() {
        Rising learner = new Rising(4);
        assertEquals(4, new Epochs<Integer>(100, 5, HIDDEN, JobContext.unwatched()).best(learner));
        assertEquals(9, learner.epoch);
    }

    @Test
    void keepsNothingThatIsNoNumber() {
        Rising spoilt = new Rising(1) {

            @Override
            public float[] scores(Integer model, int[] chosen) {
                float[] scores = super.scores(model, chosen);
                Arrays.fill(scores, model == 1 ? 0 : Float.NaN);
                return scores;
            }
        };
        assertEquals(1, new Epochs<Integer>(100, 5, HIDDEN, JobContext.unwatched()).best(spoilt));
    }

    @Test
    void goesOnToTheLastWhenNothingIsHidden() {
        assertEquals(12, new Epochs<Integer>(12, 5, NOTHING_HIDDEN, JobContext.unwatched()).best(new Rising(4)));
    }
}
