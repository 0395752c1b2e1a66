package io.kontor.platform.models.internal.search;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A density over a space: a mixture of one kernel around each point and a wide one over everything, in equal parts. Numbers have normal
 * kernels cut off at the bounds, each as wide as the farther of its two neighbours is away (Bergstra and others, 2011, section 4.2); whole
 * numbers the mass of their stretch; values without an order the kernel of Aitchison and Aitken (1976).
 */
final class ParzenDensity {

    /** A kernel is at least as wide as one of so many even parts. */
    private static final int MOST_PARTS = 100;
    /** How much of a kernel is spread over all values without an order; less, and a good value that was unlucky at first is not seen again. */
    private static final double OTHER_VALUES = 0.5;
    private static final int TRIES = 1_000;
    private static final double NOTHING = 1e-12;

    private final Space space;
    private final List<double[]> points;
    private final double[][] widths;

    /**
     * A density.
     *
     * @param space what is searched
     * @param points places; may be empty
     */
    ParzenDensity(Space space, List<double[]> points) {
        this.space = space;
        this.points = points;
        this.widths = new double[points.size()][space.dimensions().size()];
        for (int d = 0; d < space.dimensions().size(); d++) {
            widen(d);
        }
    }

    private void widen(int d) {
        int size = points.size();
        int[] order = IntStream.range(0, size).boxed().sorted(Comparator.comparingDouble(i -> points.get(i)[d])).mapToInt(i -> i).toArray();
        double least = 1.0 / Math.min(MOST_PARTS, size + 1);
        for (int i = 0; i < size; i++) {
            double centre = points.get(order[i])[d];
            double before = i == 0 ? 0 : points.get(order[i - 1])[d];
            double after = i == size - 1 ? 1 : points.get(order[i + 1])[d];
            widths[order[i]][d] = Math.max(least, Math.min(1, Math.max(centre - before, after - centre)));
        }
    }

    double[] draw(SplittableRandom random) {
        int kernel = random.nextInt(points.size() + 1);
        double[] drawn = space.draw(random);
        if (kernel == points.size()) {
            return drawn;
        }
        double[] centre = points.get(kernel);
        for (int d = 0; d < drawn.length; d++) {
            if (!space.dimensions().get(d).isChoice()) {
                drawn[d] = normal(random, centre[d], widths[kernel][d]);
            } else if (random.nextDouble() >= OTHER_VALUES) {
                drawn[d] = centre[d];
            }
        }
        return drawn;
    }

    private static double normal(SplittableRandom random, double mean, double deviation) {
        for (int i = 0; i < TRIES; i++) {
            double drawn = mean + deviation * random.nextGaussian();
            if (drawn >= 0 && drawn <= 1) {
                return drawn;
            }
        }
        return mean;
    }

    /** The logarithm of the density; of the probability for settings without a density. */
    double log(double[] point) {
        double[] logs = new double[points.size() + 1];
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs.length; k++) {
            for (int d = 0; d < point.length; d++) {
                logs[k] += Math.log(k == points.size() ? wide(d, point[d]) : kernel(d, points.get(k)[d], widths[k][d], point[d]));
            }
            highest = Math.max(highest, logs[k]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - highest);
        }
        return highest + Math.log(sum / logs.length);
    }

    private double wide(int d, double place) {
        Dimension dimension = space.dimensions().get(d);
        double[] stretch = dimension.isChoice() || !dimension.whole() ? null : dimension.stretch(place);
        return dimension.isChoice() ? 1.0 / dimension.choices().size() : stretch == null ? 1 : stretch[1] - stretch[0];
    }

    /** One setting's factor of a kernel. */
    private double kernel(int d, double centre, double width, double place) {
        Dimension dimension = space.dimensions().get(d);
        if (dimension.isChoice()) {
            return OTHER_VALUES / dimension.choices().size() + (centre == place ? 1 - OTHER_VALUES : 0);
        }
        double inside = below((1 - centre) / width) - below(-centre / width);
        double z = (place - centre) / width;
        double value = Math.exp(-z * z / 2) / (width * Math.sqrt(2 * Math.PI));
        if (dimension.whole()) {
            double[] stretch = dimension.stretch(place);
            value = below((stretch[1] - centre) / width) - below((stretch[0] - centre) / width);
        }
        return Math.max(NOTHING, value / inside);
    }

    /** The normal distribution's probability below a value, to within 1e-7 (Abramowitz and Stegun, 1964, formula 7.1.26). */
    private static double below(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x) / 2;
        return z > 0 ? 1 - tail : tail;
    }
}
