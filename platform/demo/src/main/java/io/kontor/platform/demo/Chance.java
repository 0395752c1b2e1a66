package io.kontor.platform.demo;

import java.util.Arrays;
import java.util.Random;

/** Random numbers that are the same on every machine: one stream for each name, so that one concern's draws do not shift another's. */
final class Chance {

    private static final double MANY = 40;
    private static final String HEX = "0123456789abcdef";

    private final Random random;

    private Chance(long seed) {
        random = new Random(seed);
    }

    static Chance of(long seed, String name) {
        return new Chance(seed * 0x9e3779b97f4a7c15L + name.hashCode() * 0x632be59bd9b4e019L);
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    double uniform(double[] range) {
        return uniform(range[0], range[1]);
    }

    double gaussian() {
        return random.nextGaussian();
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(java.util.List<T> choices) {
        return choices.get(below(choices.size()));
    }

    String hex(int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(HEX.charAt(below(HEX.length())));
        }
        return text.toString();
    }

    /** A count; by multiplying uniform numbers (Knuth 1969), or the normal approximation where the mean is large. */
    int poisson(double mean) {
        if (mean > MANY) {
            return (int) Math.max(0, Math.rint(mean + Math.sqrt(mean) * gaussian()));
        }
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** Of mean 1, by rejection (Marsaglia and Tsang 2000); the shape is 1 or more. */
    double gamma(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double v = (1 + c * x) * (1 + c * x) * (1 + c * x);
            if (v > 0 && StrictMath.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v / shape;
            }
        }
    }

    /** How many of so many happen. */
    int binomial(int count, double probability) {
        int happened = 0;
        for (int i = 0; i < count; i++) {
            happened += happens(probability) ? 1 : 0;
        }
        return happened;
    }

    /** An index, by sums of weights in ascending order. */
    int pick(double[] sums) {
        int place = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(sums.length - 1, place < 0 ? -place - 1 : place + 1);
    }

    static double[] sums(double[] weights) {
        double[] sums = weights.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }
}
