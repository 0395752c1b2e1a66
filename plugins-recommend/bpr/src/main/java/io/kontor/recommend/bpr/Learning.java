package io.kontor.recommend.bpr;

import io.kontor.api.choice.Choices;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.job.JobContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Learns factors of customers and products, and biases of products, so that what was chosen gets a higher score than what was not: stochastic
 * gradient steps on ln sigma(x(u,i) - x(u,j)) for a choice i and a product j drawn among those not chosen (Rendle, Freudenthaler, Gantner and
 * Schmidt-Thieme 2009, "BPR: Bayesian personalized ranking from implicit feedback", figure 4). One thread, as each step builds on the one
 * before.
 */
final class Learning {

    private static final double DEVIATION = 0.1;
    private static final int OFTEN = 1 << 14;

    private final Choices choices;
    private final SparseMatrix matrix;
    private final int factors;
    private final float rate;
    private final float regularisation;
    private final JobContext job;
    private final Random random;
    private final int[] actorOf;
    private final int[] sorted;
    private final float[] actors;
    private final float[] products;

    Learning(Choices choices, int factors, double rate, double regularisation, long seed, JobContext job) {
        this.choices = choices;
        this.matrix = choices.matrix();
        this.factors = factors;
        this.rate = (float) rate;
        this.regularisation = (float) regularisation;
        this.job = job;
        random = new Random(seed);
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
        actors = drawn(matrix.rows(), factors, false);
        products = drawn(matrix.columns(), factors + 1, true);
    }

    private float[] drawn(int rows, int length, boolean biased) {
        float[] values = new float[Math.multiplyExact(rows, length)];
        for (int i = 0; i < values.length; i++) {
            values[i] = biased && (i + 1) % length == 0 ? 0 : (float) (DEVIATION * random.nextGaussian());
        }
        return values;
    }

    /** Goes through as many drawn choices as there are, again and again. */
    BprModel run(int epochs) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            double loss = 0;
            int pairs = 0;
            for (int draw = 0; draw < matrix.size(); draw++) {
                if (draw % OFTEN == 0) {
                    job.checkCancelled();
                }
                int place = random.nextInt(matrix.size());
                int other = random.nextInt(matrix.columns());
                int actor = actorOf[place];
                if (Arrays.binarySearch(sorted, matrix.start(actor), matrix.start(actor + 1), other) < 0) {
                    loss += step(actor, matrix.column(place), other, matrix.value(place));
                    pairs++;
                }
            }
            job.log(String.format(Locale.ROOT, "Epoch %d: loss %.5f.", epoch + 1, pairs == 0 ? 0 : loss / pairs));
            job.progress(0.3 + 0.68 * (epoch + 1) / epochs, "Comparing pairs of products");
        }
        return new BprModel(choices.items(), choices.counting(), new BprModel.Pace(rate, regularisation), factors, products);
    }

    private double step(int actor, int better, int worse, float weight) {
        int own = actor * factors;
        int up = better * (factors + 1);
        int down = worse * (factors + 1);
        float difference = products[up + factors] - products[down + factors];
        for (int k = 0; k < factors; k++) {
            difference += actors[own + k] * (products[up + k] - products[down + k]);
        }
        float pull = weight * (float) (1 / (1 + Math.exp(difference)));
        for (int k = 0; k < factors; k++) {
            float liked = actors[own + k];
            float gap = products[up + k] - products[down + k];
            actors[own + k] += rate * (pull * gap - regularisation * liked);
            products[up + k] += rate * (pull * liked - regularisation * products[up + k]);
            products[down + k] += rate * (-pull * liked - regularisation * products[down + k]);
        }
        products[up + factors] += rate * (pull - regularisation * products[up + factors]);
        products[down + factors] += rate * (-pull - regularisation * products[down + factors]);
        return Math.log1p(Math.exp(-difference));
    }
}
