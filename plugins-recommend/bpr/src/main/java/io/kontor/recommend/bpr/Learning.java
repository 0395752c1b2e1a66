package io.kontor.recommend.bpr;

import io.kontor.api.choice.Choices;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Kernels;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Learns factors of customers and products, and biases of products, so that what was chosen gets a higher score than what was not: stochastic
 * gradient steps on ln sigma(x(u,i) - x(u,j)) for a choice i and a product j among those not chosen (Rendle, Freudenthaler, Gantner and
 * Schmidt-Thieme 2009, "BPR: Bayesian personalized ranking from implicit feedback", figure 4). Of several products drawn, j is the one with the
 * highest score, from which more can be learned than from one that nobody would put first (Zhang, Chen, Wang and Yu 2013, "Optimizing top-n
 * collaborative filtering via dynamic negative item sampling"). One thread, as each step builds on the one before.
 */
final class Learning {

    private static final double DEVIATION = 0.1;
    /** After so many epochs steps are half as long. */
    private static final double HALF = 10;
    private static final int OFTEN = 1 << 14;

    private final Choices choices;
    private final SparseMatrix matrix;
    private final int factors;
    private final Pace pace;
    private final JobContext job;
    private final SplittableRandom random;
    private final int[] actorOf;
    private final int[] sorted;
    private final float[] actors;
    private final float[] products;
    private final float[] biases;
    private final float[] liked;
    private final float[] gap;
    private int epochs;

    Learning(Choices choices, Pace pace, long seed, JobContext job) {
        this.choices = choices;
        this.matrix = choices.matrix();
        this.factors = pace.factors();
        this.pace = pace;
        this.job = job;
        random = new SplittableRandom(seed);
        actorOf = new int[matrix.size()];
        sorted = new int[matrix.size()];
        for (int actor = 0; actor < matrix.rows(); actor++) {
            int start = matrix.start(actor);
            int end = matrix.start(actor + 1);
            for (int place = start; place < end; place++) {
                actorOf[place] = actor;
                sorted[place] = matrix.column(place);
            }
            Arrays.sort(sorted, start, end);
        }
        Random first = new Random(seed);
        actors = drawn(matrix.rows(), first);
        products = drawn(matrix.columns(), first);
        biases = new float[matrix.columns()];
        liked = new float[factors];
        gap = new float[factors];
    }

    private float[] drawn(int rows, Random first) {
        float[] values = new float[Math.multiplyExact(rows, factors)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (DEVIATION * first.nextGaussian());
        }
        return values;
    }

    /**
     * Goes once through as many drawn choices as there are.
     *
     * @return the mean loss of a pair
     */
    double epoch() {
        double rate = pace.rate() / (1 + epochs++ / HALF);
        double loss = 0;
        int pairs = 0;
        for (int draw = 0; draw < matrix.size(); draw++) {
            if (draw % OFTEN == 0) {
                job.checkCancelled();
            }
            int place = random.nextInt(matrix.size());
            int actor = actorOf[place];
            int other = other(actor);
            if (other >= 0) {
                loss += step(actor, matrix.column(place), other, rate, matrix.value(place));
                pairs++;
            }
        }
        return pairs == 0 ? 0 : loss / pairs;
    }

    // The one with the highest score of those drawn that the actor did not choose; -1 when all were chosen.
    private int other(int actor) {
        int best = -1;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < pace.drawn(); i++) {
            int product = random.nextInt(matrix.columns());
            float score = pace.drawn() == 1 ? 0
                    : biases[product] + Kernels.dot(actors, actor * factors, products, product * factors, factors);
            if (score > highest && Arrays.binarySearch(sorted, matrix.start(actor), matrix.start(actor + 1), product) < 0) {
                highest = score;
                best = product;
            }
        }
        return best;
    }

    private double step(int actor, int better, int worse, double rate, float weight) {
        int own = actor * factors;
        int up = better * factors;
        int down = worse * factors;
        System.arraycopy(actors, own, liked, 0, factors);
        System.arraycopy(products, up, gap, 0, factors);
        Kernels.axpy(-1, products, down, gap, 0, factors);
        float difference = biases[better] - biases[worse] + Kernels.dot(liked, 0, gap, 0, factors);
        float pull = (float) (rate * weight / (1 + Math.exp(difference)));
        float held = (float) (-rate * pace.regularisation());
        Kernels.axpy(held, liked, 0, actors, own, factors);
        Kernels.axpy(pull, gap, 0, actors, own, factors);
        Kernels.axpy(held, products, up, products, up, factors);
        Kernels.axpy(pull, liked, 0, products, up, factors);
        Kernels.axpy(held, products, down, products, down, factors);
        Kernels.axpy(-pull, liked, 0, products, down, factors);
        biases[better] += pull + held * biases[better];
        biases[worse] += -pull + held * biases[worse];
        return Math.log1p(Math.exp(-difference));
    }

    /** The products' factors and biases as they are now. */
    BprModel model() {
        float[] rows = new float[Math.multiplyExact(matrix.columns(), factors + 1)];
        for (int product = 0; product < biases.length; product++) {
            System.arraycopy(products, product * factors, rows, product * (factors + 1), factors);
            rows[product * (factors + 1) + factors] = biases[product];
        }
        return new BprModel(choices.items(), choices.counting(), pace, rows);
    }
}
