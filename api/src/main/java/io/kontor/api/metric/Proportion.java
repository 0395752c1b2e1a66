package io.kontor.api.metric;

/** Shares of cases, and differences of two of them. */
public final class Proportion {

    private Proportion() {
    }

    /**
     * Where the true share lies (Wilson, Probable inference, the law of succession, and statistical inference, 1927), which holds for small
     * counts and shares too.
     *
     * @param hits how many of the cases, 0 to the cases
     * @param cases how many there are
     * @param level the confidence, above 0 and below 1
     * @return within 0 and 1; of NaN without cases
     */
    public static Interval wilson(double hits, double cases, double level) {
        double z = Normal.reach(level);
        double share = hits / cases;
        double middle = (share + z * z / (2 * cases)) / (1 + z * z / cases);
        double reach = z / (1 + z * z / cases) * Math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases));
        return cases > 0 ? new Interval(Math.max(0, Math.min(share, middle - reach)), Math.min(1, Math.max(share, middle + reach)), level)
                : new Interval(Double.NaN, Double.NaN, level);
    }

    /**
     * Where the difference of two true shares lies (Newcombe, Interval estimation for the difference between independent proportions, 1998,
     * his tenth method, out of two intervals of Wilson), which has a width even where nothing was hit yet.
     *
     * @param hits how many of the first cases, 0 to the cases
     * @param cases how many there are
     * @param otherHits how many of the cases that they are compared with
     * @param otherCases how many there are of those
     * @param level the confidence, above 0 and below 1
     * @return of the first share less the other one, within -1 and 1; of NaN without cases
     */
    public static Interval difference(double hits, double cases, double otherHits, double otherCases, double level) {
        Interval one = wilson(hits, cases, level);
        Interval other = wilson(otherHits, otherCases, level);
        double share = hits / cases;
        double otherShare = otherHits / otherCases;
        double low = share - otherShare - Math.hypot(share - one.low(), other.high() - otherShare);
        double high = share - otherShare + Math.hypot(one.high() - share, otherShare - other.low());
        return new Interval(low, high, level);
    }

    /**
     * How probable counts so far from expected shares are, by Pearson's test of 1900: the check whether an experiment gives its variants the
     * shares it should.
     *
     * @param counts cases of each group, at least 0
     * @param shares what each group should get, above 0, in any unit
     * @return 0 to 1; NaN without cases
     */
    public static double expectedShares(long[] counts, double[] shares) {
        double cases = 0;
        double whole = 0;
        for (int i = 0; i < counts.length; i++) {
            cases += counts[i];
            whole += shares[i];
        }
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = cases * shares[i] / whole;
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return cases == 0 ? Double.NaN : counts.length < 2 ? 1 : ChiSquare.survival(statistic, counts.length - 1);
    }
}
