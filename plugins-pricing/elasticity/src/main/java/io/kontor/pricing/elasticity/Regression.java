package io.kontor.pricing.elasticity;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log-linear demand equation with an effect of each location: log of expected units = location + coefficients × {@link Driver drivers} +
 * trend. Fitted by quasi-likelihood with variance mean + dispersion × mean² (McCullagh and Nelder, Generalized Linear Models, 2nd edition,
 * 1989, chapter 9), so that weeks without a sale need no special treatment and large weeks do not outweigh all others. What it tells is
 * weakened as far as shocks that all locations share in a week make its errors larger than they seem (Liang and Zeger, 1986).
 */
final class Regression {

    private static final int ROUNDS = 25;
    private static final double ENOUGH = 1e-6;
    private static final double LARGEST_STEP = 2;
    private static final double DISPERSION = 0.15;
    private static final int WEEKS_OF_YEAR = 52;
    private static final int TREND = Driver.COUNT;
    /** Standard deviation of the trend's coefficient, a year. */
    private static final double TREND_SPREAD = 0.5;
    /** The equation is solved near the prior, but its pull is small: this many times the prior's standard deviations. */
    private static final double WIDE = 2;
    /** A price must vary by about so much, as a standard deviation of its logarithm, to tell anything. */
    private static final double LEAST_VARIATION = 0.01;
    private static final int LEAST_PERIODS = 8;

    private final Panel panel;
    private final double[][] x;
    private final double[][] own;
    private final double[] weights;
    private final double[] z;
    private final double[] meanZ;
    private final double[] ownZ;
    private double[][] information;
    private double[] score;

    private Regression(Panel panel, double[][] x) {
        this.panel = panel;
        this.x = x;
        own = new double[x.length][panel.size()];
        weights = new double[panel.size()];
        z = new double[panel.size()];
        ownZ = new double[panel.size()];
        meanZ = new double[panel.places()];
    }

    /** What a product's own periods tell; null when that is nothing. */
    static Pool.Evidence of(Panel panel, Shocks... shocks) {
        if (panel.size() < LEAST_PERIODS || Arrays.stream(panel.units()).sum() <= 0) {
            return null;
        }
        Regression regression = new Regression(panel, columns(panel));
        double[] b = regression.fit();
        Pool.Evidence evidence = regression.spread() < LEAST_VARIATION ? null : regression.evidence(b);
        for (Shocks one : shocks) {
            if (evidence != null) {
                regression.tell(b, one);
            }
        }
        return evidence;
    }

    private static double[][] columns(Panel panel) {
        int first = Arrays.stream(panel.week()).min().orElse(0);
        int last = Arrays.stream(panel.week()).max().orElse(0);
        double[][] x = new double[Driver.COUNT + 1][panel.size()];
        for (int k = 0; k < Driver.COUNT; k++) {
            if (k < Driver.SEASON || last - first >= WEEKS_OF_YEAR) {
                x[k] = panel.drivers()[k];
            }
        }
        Arrays.setAll(x[TREND], i -> (panel.week()[i] - first) / (double) WEEKS_OF_YEAR);
        return x;
    }

    private double[] fit() {
        double[] eta = new double[panel.size()];
        double[] level = levels();
        Arrays.setAll(eta, i -> Math.log(level[panel.place()[i]]));
        double[] b = new double[x.length];
        double[] pull = new double[x.length];
        double[] towards = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            double deviation = k == TREND ? TREND_SPREAD : WIDE * Pool.PRIOR.between()[k];
            pull[k] = 1 / (deviation * deviation);
            towards[k] = k == TREND ? 0 : pull[k] * Pool.PRIOR.mean()[k];
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < eta.length; i++) {
                double mean = Math.exp(eta[i]);
                weights[i] = mean / (1 + DISPERSION * mean);
                z[i] = eta[i] + Math.min(LARGEST_STEP, (panel.units()[i] - mean) / mean);
            }
            takeLocationsOut();
            double[] right = score.clone();
            for (int k = 0; k < right.length; k++) {
                right[k] += towards[k];
            }
            double[] next = Matrix.times(Matrix.inverse(Matrix.plus(information, pull)), right);
            double change = 0;
            for (int k = 0; k < b.length; k++) {
                change = Math.max(change, Math.abs(next[k] - b[k]));
            }
            b = next;
            for (int i = 0; i < eta.length; i++) {
                double sum = meanZ[panel.place()[i]];
                for (int k = 0; k < b.length; k++) {
                    sum += b[k] * own[k][i];
                }
                eta[i] = Math.max(-10, Math.min(20, sum));
            }
            if (change < ENOUGH) {
                break;
            }
        }
        return b;
    }

    private double[] levels() {
        double[] sums = new double[panel.places()];
        int[] counts = new int[panel.places()];
        for (int i = 0; i < panel.size(); i++) {
            sums[panel.place()[i]] += panel.units()[i];
            counts[panel.place()[i]]++;
        }
        Arrays.setAll(sums, l -> Math.max(0.05, counts[l] == 0 ? 0 : sums[l] / counts[l]));
        return sums;
    }

    /** Weighted least squares with an effect of each location, by taking each location's mean out. */
    private void takeLocationsOut() {
        double[] total = new double[panel.places()];
        for (int i = 0; i < weights.length; i++) {
            total[panel.place()[i]] += weights[i];
        }
        centre(z, total, ownZ, meanZ);
        double[] means = new double[panel.places()];
        for (int k = 0; k < x.length; k++) {
            centre(x[k], total, own[k], means);
        }
        int k = x.length;
        information = new double[k][k];
        score = new double[k];
        for (int r = 0; r < k; r++) {
            for (int i = 0; i < ownZ.length; i++) {
                double w = weights[i] * own[r][i];
                score[r] += w * ownZ[i];
                for (int c = r; c < k; c++) {
                    information[r][c] += w * own[c][i];
                }
            }
            for (int c = 0; c < r; c++) {
                information[r][c] = information[c][r];
            }
        }
    }

    private void centre(double[] values, double[] total, double[] centred, double[] means) {
        Arrays.fill(means, 0);
        for (int i = 0; i < values.length; i++) {
            means[panel.place()[i]] += weights[i] * values[i];
        }
        for (int l = 0; l < means.length; l++) {
            means[l] /= total[l] > 0 ? total[l] : 1;
        }
        for (int i = 0; i < values.length; i++) {
            centred[i] = values[i] - means[panel.place()[i]];
        }
    }

    /** Standard deviation of the price's logarithm within locations. */
    private double spread() {
        double sum = 0;
        for (double value : own[Driver.PRICE]) {
            sum += value * value;
        }
        return Math.sqrt(sum / own[Driver.PRICE].length);
    }

    /** The information of the drivers alone, the trend being whatever it is, weakened by what the errors of weeks have in common. */
    private Pool.Evidence evidence(double[] b) {
        double[] held = new double[x.length];
        for (int k = 0; k < held.length; k++) {
            double deviation = k == TREND ? TREND_SPREAD : WIDE * Pool.PRIOR.between()[k];
            held[k] = k == Driver.PRICE ? 1e-9 : 1 / (deviation * deviation);
        }
        double[][] inverse = Matrix.inverse(Matrix.plus(information, held));
        double weaker = clustered(inverse, b) / inverse[Driver.PRICE][Driver.PRICE];
        if (!(weaker > 0 && weaker < Double.POSITIVE_INFINITY)) {
            return null;
        }
        double trend = information[TREND][TREND] + held[TREND];
        double[][] marginal = new double[Driver.COUNT][Driver.COUNT];
        double[] right = new double[Driver.COUNT];
        for (int r = 0; r < Driver.COUNT; r++) {
            right[r] = (score[r] - information[r][TREND] * score[TREND] / trend) / weaker;
            for (int c = 0; c < Driver.COUNT; c++) {
                marginal[r][c] = (information[r][c] - information[r][TREND] * information[TREND][c] / trend) / weaker;
            }
        }
        return new Pool.Evidence(marginal, right);
    }

    private void tell(double[] b, Shocks shocks) {
        Map<Integer, double[]> byWeek = new TreeMap<>();
        for (int i = 0; i < ownZ.length; i++) {
            double rest = ownZ[i];
            for (int k = 0; k < b.length; k++) {
                rest -= b[k] * own[k][i];
            }
            double[] scores = byWeek.computeIfAbsent(panel.week()[i], week -> new double[Driver.COUNT]);
            for (int k = 0; k < Driver.COUNT; k++) {
                scores[k] += weights[i] * rest * own[k][i];
            }
        }
        byWeek.forEach(shocks::add);
    }

    /** The sandwich estimate of the elasticity's variance, clustered by week. */
    private double clustered(double[][] inverse, double[] b) {
        int first = Arrays.stream(panel.week()).min().orElse(0);
        int weeks = Arrays.stream(panel.week()).max().orElse(0) - first + 1;
        double[] scores = new double[weeks];
        boolean[] seen = new boolean[weeks];
        for (int i = 0; i < ownZ.length; i++) {
            double rest = ownZ[i];
            double influence = 0;
            for (int k = 0; k < b.length; k++) {
                rest -= b[k] * own[k][i];
                influence += inverse[Driver.PRICE][k] * own[k][i];
            }
            scores[panel.week()[i] - first] += weights[i] * rest * influence;
            seen[panel.week()[i] - first] = true;
        }
        double sum = 0;
        int clusters = 0;
        for (int w = 0; w < weeks; w++) {
            sum += scores[w] * scores[w];
            clusters += seen[w] ? 1 : 0;
        }
        double used = 1;
        for (double[] column : own) {
            used += Arrays.stream(column).anyMatch(value -> Math.abs(value) > 1e-9) ? 1 : 0;
        }
        return sum * (clusters > used + 1 ? clusters / (clusters - used) : clusters);
    }
}
