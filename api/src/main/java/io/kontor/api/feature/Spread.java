package io.kontor.api.feature;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What has been seen of one number: mean and variance (Welford, Note on a method for calculating corrected sums of squares and products, 1962),
 * the ends, and for quartiles all of the first {@value #KEPT}, beyond that as many drawn at random (Vitter, Random sampling with a reservoir,
 * 1985, algorithm R, with a fixed seed). Missing numbers are passed over. For one thread.
 */
final class Spread {

    static final int KEPT = 1 << 14;

    private static final int FIRST = 64;

    private final Scaling scaling;
    private final SplittableRandom random = new SplittableRandom(KEPT);
    private double[] kept;
    private long count;
    private double mean;
    private double squares;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    Spread(Scaling scaling) {
        this.scaling = scaling;
        kept = new double[scaling == Scaling.ROBUST ? FIRST : 0];
    }

    void see(double number) {
        double x = Scale.raw(scaling, number);
        if (!Double.isFinite(x)) {
            return;
        }
        count++;
        double apart = x - mean;
        mean += apart / count;
        squares += apart * (x - mean);
        least = Math.min(least, x);
        greatest = Math.max(greatest, x);
        if (scaling == Scaling.ROBUST) {
            keep(x);
        }
    }

    private void keep(double x) {
        if (count > kept.length && kept.length < KEPT) {
            kept = Arrays.copyOf(kept, 2 * kept.length);
        }
        long at = count <= KEPT ? count - 1 : random.nextLong(count);
        if (at < KEPT) {
            kept[(int) at] = x;
        }
    }

    Scale scale() {
        return switch (scaling) {
            case NONE, LOG1P -> new Scale(scaling, 0, 1);
            case STANDARD, LOG_STANDARD -> new Scale(scaling, mean, count > 1 && squares > 0 ? 1 / Math.sqrt(squares / (count - 1)) : 1);
            case MIN_MAX -> count == 0 ? new Scale(scaling, 0, 1) : greatest > least ? new Scale(scaling, least, 1 / (greatest - least))
                    : new Scale(scaling, least - 0.5, 1);
            case ROBUST -> robust();
        };
    }

    private Scale robust() {
        if (count == 0) {
            return new Scale(scaling, 0, 1);
        }
        double[] sorted = Arrays.copyOf(kept, (int) Math.min(count, KEPT));
        Arrays.sort(sorted);
        double range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        return new Scale(scaling, quantile(sorted, 0.5), range > 0 ? 1 / range : 1);
    }

    // Between the two nearest (Hyndman and Fan, Sample quantiles in statistical packages, 1996, definition 7).
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int low = (int) at;
        return low + 1 == sorted.length ? sorted[low] : sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]);
    }
}
