package io.kontor.inventory.exponentialsmoothing;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Finds the minimum of a function of a few variables without its derivatives, by the method of Nelder and Mead (1965). */
final class Simplex {

    private static final double STEP = 0.8;
    private static final double TOLERANCE = 1e-5;

    private final ToDoubleFunction<double[]> function;
    private final double[][] points;
    private final double[] values;

    private Simplex(ToDoubleFunction<double[]> function, double[] start) {
        this.function = function;
        this.points = new double[start.length + 1][];
        this.values = new double[start.length + 1];
        for (int i = 0; i <= start.length; i++) {
            double[] point = start.clone();
            if (i > 0) {
                point[i - 1] += STEP;
            }
            points[i] = point;
            values[i] = function.applyAsDouble(point);
        }
    }

    /**
     * Looks for the minimum.
     *
     * @param function may be infinite
     * @param start where to begin
     * @param evaluations at most about so many
     * @return the best point found
     */
    static double[] minimum(ToDoubleFunction<double[]> function, double[] start, int evaluations) {
        Simplex simplex = new Simplex(function, start);
        int left = evaluations - start.length - 1;
        while (left > 0 && !simplex.sorted()) {
            left -= simplex.step();
        }
        simplex.sorted();
        return simplex.points[0];
    }

    /** Puts the best point first; true when all are about equally good. */
    private boolean sorted() {
        for (int i = 1; i < values.length; i++) {
            double[] point = points[i];
            double value = values[i];
            int j = i;
            for (; j > 0 && values[j - 1] > value; j--) {
                points[j] = points[j - 1];
                values[j] = values[j - 1];
            }
            points[j] = point;
            values[j] = value;
        }
        return values[values.length - 1] - values[0] < TOLERANCE * (Math.abs(values[0]) + TOLERANCE);
    }

    /** Moves the worst point; returns how often the function was asked. */
    private int step() {
        int worst = points.length - 1;
        double[] centre = new double[worst];
        for (int i = 0; i < worst; i++) {
            for (int k = 0; k < centre.length; k++) {
                centre[k] += points[i][k] / worst;
            }
        }
        double[] reflected = along(centre, points[worst], -1);
        double value = function.applyAsDouble(reflected);
        if (value < values[0]) {
            double[] expanded = along(centre, points[worst], -2);
            double further = function.applyAsDouble(expanded);
            replace(worst, further < value ? expanded : reflected, Math.min(further, value));
            return 2;
        } else if (value < values[worst - 1]) {
            replace(worst, reflected, value);
            return 1;
        }
        double[] contracted = along(centre, value < values[worst] ? reflected : points[worst], 0.5);
        double nearer = function.applyAsDouble(contracted);
        if (nearer < Math.min(value, values[worst])) {
            replace(worst, contracted, nearer);
            return 2;
        }
        for (int i = 1; i <= worst; i++) {
            points[i] = along(points[0], points[i], 0.5);
            values[i] = function.applyAsDouble(points[i]);
        }
        return 2 + worst;
    }

    private void replace(int index, double[] point, double value) {
        points[index] = point;
        values[index] = value;
    }

    private static double[] along(double[] from, double[] to, double share) {
        double[] point = new double[from.length];
        Arrays.setAll(point, k -> from[k] + share * (to[k] - from[k]));
        return point;
    }
}
