package io.kontor.pricing.elasticity;

import java.util.Arrays;

/**
 * A log-linear demand equation with an effect of each location: log of expected units = location + elasticity × log price + promotion +
 * trend + yearly season. Fitted by quasi-likelihood with variance mean + dispersion × mean² (McCullagh and Nelder, Generalized Linear Models,
 * 2nd edition, 1989, chapter 9), so that weeks without a sale need no special treatment and large weeks do not outweigh all others. Standard
 * errors allow for shocks that all locations share in a week (Liang and Zeger, 1986).
 *
 * @param elasticity the coefficient of log price
 * @param error its standard error
 * @param promotion the coefficient of promotion
 */
record Regression(double elasticity, double error, double promotion) {

    private static final int ROUNDS = 25;
    private static final double ENOUGH = 1e-6;
    private static final double LARGEST_STEP = 2;
    private static final double DISPERSION = 0.15;
    private static final double RIDGE = 1e-3;
    private static final int WEEKS_OF_YEAR = 52;
    /** A price must vary by about so much, as a standard deviation of its logarithm, to tell anything. */
    private static final double LEAST_VARIATION = 0.01;
    private static final int LEAST_WEEKS = 8;

    /** Null when the product's own weeks tell nothing. */
    static Regression of(Panel panel) {
        if (panel.size() < LEAST_WEEKS || Arrays.stream(panel.units()).sum() <= 0) {
            return null;
        }
        double[][] x = columns(panel);
        double[] eta = new double[panel.size()];
        double[] level = levels(panel);
        for (int i = 0; i < eta.length; i++) {
            eta[i] = Math.log(level[panel.place()[i]]);
        }
        double[] b = new double[x.length];
        double[] weights = new double[eta.length];
        double[] z = new double[eta.length];
        Within within = null;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < eta.length; i++) {
                double mean = Math.exp(eta[i]);
                weights[i] = mean / (1 + DISPERSION * mean);
                z[i] = eta[i] + Math.min(LARGEST_STEP, (panel.units()[i] - mean) / mean);
            }
            within = new Within(panel, x, z, weights);
            double[] next = within.solve(RIDGE * Arrays.stream(weights).sum());
            double change = 0;
            for (int k = 0; k < b.length; k++) {
                change = Math.max(change, Math.abs(next[k] - b[k]));
            }
            b = next;
            within.fitted(b, eta);
            if (change < ENOUGH) {
                break;
            }
        }
        if (within.spread() < LEAST_VARIATION) {
            return null;
        }
        double error = within.error(panel.week(), b);
        return Double.isFinite(b[0]) && Double.isFinite(error) && error > 0 ? new Regression(b[0], error, b[1]) : null;
    }

    private static double[] levels(Panel panel) {
        double[] sums = new double[panel.places()];
        int[] counts = new int[panel.places()];
        for (int i = 0; i < panel.size(); i++) {
            sums[panel.place()[i]] += panel.units()[i];
            counts[panel.place()[i]]++;
        }
        Arrays.setAll(sums, l -> Math.max(0.05, counts[l] == 0 ? 0 : sums[l] / counts[l]));
        return sums;
    }

    private static double[][] columns(Panel panel) {
        int first = Arrays.stream(panel.week()).min().orElse(0);
        int last = Arrays.stream(panel.week()).max().orElse(0);
        boolean years = last - first >= WEEKS_OF_YEAR;
        int n = panel.size();
        double[][] x = new double[years ? 7 : 3][n];
        for (int i = 0; i < n; i++) {
            x[0][i] = panel.logPrice()[i];
            x[1][i] = panel.promotion()[i];
            x[2][i] = (panel.week()[i] - first) / (double) WEEKS_OF_YEAR;
            for (int k = 0; years && k < 2; k++) {
                double angle = 2 * Math.PI * (k + 1) * panel.week()[i] / (365.25 / 7);
                x[3 + 2 * k][i] = Math.sin(angle);
                x[4 + 2 * k][i] = Math.cos(angle);
            }
        }
        return x;
    }

    /** Weighted least squares with an effect of each location, by taking each location's mean out. */
    private static final class Within {

        private final Panel panel;
        private final double[][] x;
        private final double[][] own;
        private final double[] meanZ;
        private final double[][] meanX;
        private final double[] ownZ;
        private final double[] weights;
        private double[][] inverse;

        Within(Panel panel, double[][] x, double[] z, double[] weights) {
            this.panel = panel;
            this.x = x;
            this.weights = weights;
            double[] total = new double[panel.places()];
            meanZ = new double[panel.places()];
            meanX = new double[x.length][panel.places()];
            for (int i = 0; i < z.length; i++) {
                int l = panel.place()[i];
                total[l] += weights[i];
                meanZ[l] += weights[i] * z[i];
                for (int k = 0; k < x.length; k++) {
                    meanX[k][l] += weights[i] * x[k][i];
                }
            }
            own = new double[x.length][z.length];
            ownZ = new double[z.length];
            for (int l = 0; l < total.length; l++) {
                meanZ[l] /= total[l] > 0 ? total[l] : 1;
                for (int k = 0; k < x.length; k++) {
                    meanX[k][l] /= total[l] > 0 ? total[l] : 1;
                }
            }
            for (int i = 0; i < z.length; i++) {
                int l = panel.place()[i];
                ownZ[i] = z[i] - meanZ[l];
                for (int k = 0; k < x.length; k++) {
                    own[k][i] = x[k][i] - meanX[k][l];
                }
            }
        }

        /** The coefficients; all but the elasticity are held near zero by a small ridge, so that constant columns do no harm. */
        double[] solve(double ridge) {
            int k = x.length;
            double[][] a = new double[k][k];
            double[] right = new double[k];
            for (int r = 0; r < k; r++) {
                for (int i = 0; i < ownZ.length; i++) {
                    double w = weights[i] * own[r][i];
                    right[r] += w * ownZ[i];
                    for (int c = r; c < k; c++) {
                        a[r][c] += w * own[c][i];
                    }
                }
            }
            for (int r = 0; r < k; r++) {
                for (int c = 0; c < r; c++) {
                    a[r][c] = a[c][r];
                }
            }
            for (int r = 0; r < k; r++) {
                a[r][r] += r == 0 ? 1e-9 : ridge;
            }
            inverse = inverse(a);
            double[] b = new double[k];
            for (int r = 0; r < k; r++) {
                for (int c = 0; c < k; c++) {
                    b[r] += inverse[r][c] * right[c];
                }
            }
            return b;
        }

        void fitted(double[] b, double[] eta) {
            for (int i = 0; i < eta.length; i++) {
                double sum = meanZ[panel.place()[i]];
                for (int k = 0; k < b.length; k++) {
                    sum += b[k] * own[k][i];
                }
                eta[i] = Math.max(-10, Math.min(20, sum));
            }
        }

        /** Standard deviation of the price's logarithm within locations. */
        double spread() {
            double sum = 0;
            for (double value : own[0]) {
                sum += value * value;
            }
            return Math.sqrt(sum / own[0].length);
        }

        /** The sandwich estimate of the elasticity's standard error, clustered by week. */
        double error(int[] week, double[] b) {
            int first = Arrays.stream(week).min().orElse(0);
            int weeks = Arrays.stream(week).max().orElse(0) - first + 1;
            double[] scores = new double[weeks];
            boolean[] seen = new boolean[weeks];
            for (int i = 0; i < ownZ.length; i++) {
                double rest = ownZ[i];
                double influence = 0;
                for (int k = 0; k < b.length; k++) {
                    rest -= b[k] * own[k][i];
                    influence += inverse[0][k] * own[k][i];
                }
                scores[week[i] - first] += weights[i] * rest * influence;
                seen[week[i] - first] = true;
            }
            double sum = 0;
            int clusters = 0;
            for (int w = 0; w < weeks; w++) {
                sum += scores[w] * scores[w];
                clusters += seen[w] ? 1 : 0;
            }
            double small = clusters > x.length + 1 ? clusters / (double) (clusters - x.length - 1) : clusters;
            return Math.sqrt(sum * small);
        }

        private static double[][] inverse(double[][] matrix) {
            int n = matrix.length;
            double[][] a = new double[n][2 * n];
            for (int r = 0; r < n; r++) {
                System.arraycopy(matrix[r], 0, a[r], 0, n);
                a[r][n + r] = 1;
            }
            for (int p = 0; p < n; p++) {
                int best = p;
                for (int r = p + 1; r < n; r++) {
                    best = Math.abs(a[r][p]) > Math.abs(a[best][p]) ? r : best;
                }
                double[] swap = a[p];
                a[p] = a[best];
                a[best] = swap;
                double pivot = a[p][p];
                for (int c = 0; c < 2 * n; c++) {
                    a[p][c] /= pivot;
                }
                for (int r = 0; r < n; r++) {
                    double factor = a[r][p];
                    for (int c = 0; r != p && factor != 0 && c < 2 * n; c++) {
                        a[r][c] -= factor * a[p][c];
                    }
                }
            }
            double[][] result = new double[n][n];
            for (int r = 0; r < n; r++) {
                System.arraycopy(a[r], n, result[r], 0, n);
            }
            return result;
        }
    }
}
