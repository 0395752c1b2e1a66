package io.kontor.api.metric;

/**
 * The population stability index: how far counts over bins have moved from a reference (Lewis, An introduction to credit scoring, 1994;
 * Siddiqi, Credit risk scorecards, 2006). It is the sum of (b - a) ln(b / a) over the shares a of the reference and b of now, which is
 * Jeffreys' divergence (Jeffreys, An invariant form for the prior probability in estimation problems, 1946).
 *
 * <p>Without any change it is about (bins - 1) (1 / n + 1 / m) for n and m cases (Yurdakul and Naranjo, Statistical properties of the
 * population stability index, 2020), so that the conventional bounds say nothing of small samples: go by a test beside it, such as
 * {@link ChiSquare}.
 */
public final class PopulationStability {

    /** Below this nothing has changed, by convention (Lewis 1994, Siddiqi 2006); a rule of thumb without a theory. */
    public static final double NO_CHANGE = 0.1;
    /** Above this the change is great, by the same convention. */
    public static final double GREAT_CHANGE = 0.25;

    /** Added to each count: the prior of Jeffreys, so that an empty bin gives no infinity. */
    private static final double PRIOR = 0.5;

    private PopulationStability() {
    }

    /**
     * The index. Half a case is added to each bin of both sides; a bin that is empty on both counts nothing.
     *
     * @param reference cases of each bin, at least 0
     * @param now cases of each bin, as many bins
     * @return at least 0; NaN when one side has no cases
     */
    public static double index(double[] reference, double[] now) {
        double[] used = ChiSquare.totals(reference, now);
        if (!(used[0] > 0 && used[1] > 0)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            if (reference[i] + now[i] > 0) {
                double before = (reference[i] + PRIOR) / (used[0] + PRIOR * used[2]);
                double after = (now[i] + PRIOR) / (used[1] + PRIOR * used[2]);
                sum += (after - before) * Math.log(after / before);
            }
        }
        return sum;
    }
}
