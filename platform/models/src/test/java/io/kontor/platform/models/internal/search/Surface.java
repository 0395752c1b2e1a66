package io.kontor.platform.models.internal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A known surface.
 *
 * @param space where it is defined
 * @param optimum its least value
 * @param loss its value at settings
 */
record Surface(Space space, double optimum, ToDoubleFunction<Map<String, Object>> loss) {

    private static final double[] WEIGHTS = {1, 1.2, 3, 3.2};
    private static final double[][] A = {{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14},
        {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}};
    private static final double[][] P = {{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886}, {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650}, {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}};

    /** Branin's function of two numbers, with three optima. */
    static Surface branin() {
        return new Surface(new Space(List.of(Dimension.number("x", -5, 10), Dimension.number("y", 0, 15))), 0.397887, at -> {
            double x = number(at, "x");
            double y = number(at, "y");
            double hill = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return hill * hill + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
        });
    }

    /** Hartmann's function of six numbers. */
    static Surface hartmann() {
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < 6; d++) {
            dimensions.add(Dimension.number("x" + d, 0, 1));
        }
        return new Surface(new Space(dimensions), -3.32237, at -> {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                double exponent = 0;
                for (int d = 0; d < 6; d++) {
                    double from = number(at, "x" + d) - P[i][d];
                    exponent += A[i][d] * from * from;
                }
                sum -= WEIGHTS[i] * Math.exp(-exponent);
            }
            return sum;
        });
    }

    /** A method, a rate over five decades, a count, a switch and a share; the best count depends on the method. */
    static Surface mixed() {
        Space space = new Space(List.of(Dimension.choice("method", List.of("a", "b", "c", "d", "e")), Dimension.number("rate", 1e-5, 1),
                Dimension.whole("count", 1, 64), Dimension.choice("fast", List.of(true, false)), Dimension.number("share", 0, 1)));
        return new Surface(space, 0, at -> {
            double decades = Math.log10(number(at, "rate")) + 2.5;
            boolean c = at.get("method").equals("c");
            double count = (number(at, "count") - (c ? 40 : 10)) / 30;
            double share = number(at, "share") - 0.7;
            return (c ? 0 : 1) + decades * decades / 2 + count * count * 2 + (at.get("fast").equals(true) ? 0.5 : 0) + share * share * 4;
        });
    }

    private static double number(Map<String, Object> at, String name) {
        return ((Number) at.get(name)).doubleValue();
    }

    /** How many trials until the loss is within a distance of the optimum; one more than the most when it never is. */
    int trials(Strategy strategy, double within, int most) {
        List<Observation> history = new ArrayList<>();
        while (history.size() < most) {
            Map<String, Object> settings = strategy.next(history).orElseThrow().settings();
            history.add(new Observation(settings, 1, loss.applyAsDouble(settings)));
            if (history.get(history.size() - 1).loss() <= optimum + within) {
                return history.size();
            }
        }
        return most + 1;
    }
}
