package io.kontor.risk.ensemble;

import java.util.Arrays;

/**
 * A logistic regression over the members' log odds whose coefficients are not negative (stacking: Wolpert, Stacked generalization, 1992; not
 * negative: Breiman, Stacked regressions, 1996). Each member's log odds are taken from its mean in the same comparison, so that one which says
 * the same of all transactions tells nothing, whatever that is; the coefficients are drawn a little towards 0, so that it counts for nothing,
 * and members that say the same share what they count. Immutable.
 *
 * @param intercept the log odds where all members say what they say on average
 * @param coefficients one a member, 0 or more
 */
record LogisticStack(double intercept, double[] coefficients) {

    private static final int MOST_ROUNDS = 200;
    private static final double RIDGE = 1;
    private static final double SETTLED = 1e-7;

    /**
     * Fits by Newton's method, one coefficient at a time.
     *
     * @param rehearsal scores that members gave to transactions they had not learned from; with frauds and others
     * @param members how many members there are
     * @return the least log loss
     */
    static LogisticStack fit(Rehearsal rehearsal, int members) {
        int rows = rehearsal.size();
        double[][] x = new double[members + 1][rows];
        Arrays.fill(x[members], 1);
        for (int row = 0; row < rows; row++) {
            for (int m = 0; m < members; m++) {
                x[m][row] = Odds.logit(rehearsal.scores(row)[m]) - rehearsal.usual(rehearsal.fold(row), m);
            }
        }
        double[] w = new double[members + 1];
        Arrays.fill(w, 0, members, 1.0 / members);
        double[] sum = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int m = 0; m < members; m++) {
                sum[row] += w[m] * x[m][row];
            }
        }
        double largest = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS && largest > SETTLED; round++) {
            largest = 0;
            for (int m = 0; m <= members; m++) {
                double step = step(rehearsal, x[m], sum, m < members ? RIDGE * w[m] : 0, m < members ? RIDGE : 0);
                double next = m < members ? Math.max(0, w[m] + step) : w[m] + step;
                double moved = next - w[m];
                for (int row = 0; row < rows && moved != 0; row++) {
                    sum[row] += moved * x[m][row];
                }
                w[m] = next;
                largest = Math.max(largest, Math.abs(moved));
            }
        }
        return new LogisticStack(w[members], Arrays.copyOf(w, members));
    }

    private static double step(Rehearsal rehearsal, double[] x, double[] sum, double gradient, double curvature) {
        double slope = gradient;
        double bend = curvature + SETTLED;
        for (int row = 0; row < x.length; row++) {
            double p = Odds.probability(sum[row]);
            slope += (p - (rehearsal.fraud(row) ? 1 : 0)) * x[row];
            bend += Math.max(SETTLED, p * (1 - p)) * x[row] * x[row];
        }
        return Math.max(-1, Math.min(1, -slope / bend));
    }
}
