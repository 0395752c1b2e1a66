package io.kontor.inventory.exponentialsmoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final int WEEK = 7;

    private static double[] sales(int days, double level, double trend, double swing, long seed) {
        Random random = new Random(seed);
        double[] y = new double[days];
        Arrays.setAll(y, t -> (level + trend * t) * (1 + swing * Math.sin(2 * Math.PI * t / WEEK)) + random.nextDouble());
        return y;
    }

    private static Explanation explained(Pattern.Projection projection) {
        return projection.parts().explanation(Arrays.stream(projection.mean()).sum(), part -> new Contribution(part, part, "", 0));
    }

    private static Map<String, Double> amounts(Explanation explanation) {
        Map<String, Double> amounts = new HashMap<>();
        explanation.contributions().forEach(each -> amounts.put(each.feature(), each.amount()));
        return amounts;
    }

    @Test
    void addsUpToTheForecastOfEveryForm() {
        for (int form = 0; form < 12; form++) {
            for (double theta : new double[] {0, 0.3}) {
                Pattern pattern = new Pattern(Form.at(form), 0.3, 0.1, 0.2, Form.at(form).damped() ? 0.9 : 1, theta);
                for (double[] y : new double[][] {sales(90, 20, 0.2, 0.4, form), sales(90, 30, -0.35, 0.2, form),
                    sales(800, 20, 0.01, 0, form)}) {
                    for (int horizon : new int[] {1, 5, 28, 200}) {
                        Pattern.Projection projection = pattern.project(y, y.length > 90 ? 365 : WEEK, horizon);
                        double output = Arrays.stream(projection.mean()).sum();
                        double sum = amounts(explained(projection)).values().stream().mapToDouble(Double::doubleValue).sum();
                        assertEquals(output, sum, 1e-9 * Math.max(1, output), pattern + " over " + horizon);
                    }
                }
            }
        }
    }

    @Test
    void knowsLevelTrendAndSeasonApart() {
        double[] y = new double[50 * WEEK];
        Arrays.setAll(y, t -> 100 + 2 * t + (t % WEEK == 0 ? 12 : -2));
        Pattern pattern = new Pattern(new Form(false, true, false, true), 0.2, 0.05, 0.1, 1, 0);
        Explanation first = explained(pattern.project(y, WEEK, 1));
        assertEquals(Explanation.Kind.ADDITIVE, first.kind());
        assertEquals(800 + 12, first.output(), 1.5);
        assertEquals(798, amounts(first).get("level"), 1.5);
        assertEquals(2, amounts(first).get("trend"), 0.3);
        assertEquals(12, amounts(first).get("season"), 1.5);
    }

    @Test
    void sharesWhatTrendAndSeasonDoTogetherBetweenThem() {
        Parts parts = new Parts();
        parts.add(1, 100, 20, true, 1.5);
        Explanation explanation = parts.explanation(180, part -> new Contribution(part, part, "", 0));
        assertEquals(Explanation.Kind.SHAPLEY, explanation.kind());
        assertEquals(Map.of("level", 100.0, "trend", 25.0, "season", 55.0), amounts(explanation),
                "20 before the season or 30 after it; 50 before the trend or 60 after it");
    }

    @Test
    void tellsWhereDemandWouldHaveFallenBelowZero() {
        Pattern.Projection projection = new Pattern(new Form(false, true, false, false), 0.3, 0.1, 0, 1, 0)
                .project(sales(90, 30, -0.33, 0, 3), WEEK, 60);
        assertEquals(0, projection.mean()[59]);
        assertTrue(amounts(explained(projection)).get("floor") > 0);
    }
}
