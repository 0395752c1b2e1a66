package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.metric.BinaryScores;
import io.kontor.api.metric.Difference;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private static final int CASES = 400;

    private final Random random = new Random(5);
    private final double[] values = random.doubles(CASES).toArray();
    private final double[] sizes = random.doubles(CASES).map(value -> value + 0.5).toArray();
    private final String[] categories = new String[CASES];

    MeasuresTest() {
        Arrays.setAll(categories, i -> i % 4 == 0 ? "shoes" : i % 4 == 1 ? "hats" : i == 2 ? "rare" : i % 4 == 2 ? null : "bags");
    }

    private static double mean(double[] values, String[] segments, String segment) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (segment.equals(segments[i])) {
                sum += values[i];
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void slicesHaveTheMetricsOfTheirCasesAlone() {
        String[] alike = new String[CASES];
        Arrays.fill(alike, "known");
        Evaluation evaluation = new Measures("mean", true, CASES).add("mean", Measures.mean(values))
                .add("ratio", Measures.ratio(values, sizes)).judgement(new Slicing().by("category", categories).by("customer", alike))
                .evaluation();
        assertEquals(List.of("bags", "hats", "shoes"), evaluation.slices().stream().map(Slice::segment).toList(),
                "too few cases are no slice, nor is a dimension in which all are alike");
        for (Slice slice : evaluation.slices()) {
            assertEquals("category", slice.dimension());
            assertEquals(100, slice.cases());
            assertEquals(mean(values, categories, slice.segment()), slice.metrics().get("mean"), 1e-12);
            assertEquals(mean(values, categories, slice.segment()) / mean(sizes, categories, slice.segment()),
                    slice.metrics().get("ratio"), 1e-12);
            assertTrue(slice.intervals().get("mean").contains(slice.metrics().get("mean")));
            double wide = slice.intervals().get("mean").high() - slice.intervals().get("mean").low();
            assertTrue(wide > evaluation.intervals().get("mean").high() - evaluation.intervals().get("mean").low());
        }
        assertEquals(2, evaluation.intervals().size());
    }

    @Test
    void rankedScoresAreSlicedAsIfTheyWereAlone() {
        boolean[] positive = new boolean[CASES];
        for (int i = 0; i < CASES; i++) {
            positive[i] = values[i] + random.nextGaussian() > 1.2;
        }
        Measures.Scored scored = new Measures.Scored(values, positive);
        Evaluation evaluation = new Measures("ap", true, CASES).add("ap", scored.measure(BinaryScores::averagePrecision))
                .add("auc", scored.measure(BinaryScores::rocAuc)).judgement(new Slicing().by("category", categories)).evaluation();
        assertEquals(BinaryScores.of(values, positive).rocAuc(null), evaluation.metrics().get("auc"), 1e-12);
        Slice hats = evaluation.slices().get(1);
        double[] own = new double[100];
        boolean[] truth = new boolean[100];
        for (int i = 0; i < 100; i++) {
            own[i] = values[i * 4 + 1];
            truth[i] = positive[i * 4 + 1];
        }
        assertEquals(BinaryScores.of(own, truth).averagePrecision(null), hats.metrics().get("ap"), 1e-12);
        assertEquals(BinaryScores.of(own, truth).rocAuc(null), hats.metrics().get("auc"), 1e-12);
    }

    @Test
    void whatIsUndefinedIsNotAMetricAndASliceWithoutThePrimaryOneIsNone() {
        double[] known = new double[CASES];
        Arrays.setAll(known, i -> "hats".equals(categories[i]) ? Double.NaN : 1);
        Evaluation evaluation = new Measures("mean", true, CASES).add("mean", Measures.mean(known))
                .add("none", Measures.ratio(values, new double[CASES])).addWhole("also none", Double.NaN)
                .judgement(new Slicing().by("category", categories)).evaluation();
        assertEquals(List.of("mean"), List.copyOf(evaluation.metrics().keySet()));
        assertEquals(List.of("bags", "shoes"), evaluation.slices().stream().map(Slice::segment).toList());
        assertFalse(evaluation.intervals().containsKey("none"));
    }

    @Test
    void aRivalIsComparedOnTheSameCases() {
        double[] worse = Arrays.stream(values).map(value -> value - 0.01).toArray();
        Difference difference = judged(values).less(judged(worse), 0.95);
        assertEquals(0.01, difference.value(), 1e-9);
        assertEquals(1, difference.sign());
        assertEquals(difference, judged(values).less(judged(worse), 0.95), "the same at every time of asking");
        assertEquals(0, judged(values).less(judged(values), 0.95).sign());
    }

    private static FamilyEvaluation.Judgement judged(double[] values) {
        return new Measures("mean", true, values.length).add("mean", Measures.mean(values)).judgement(new Slicing());
    }
}
