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
 * Schmidt-Thieme 2009, "BPR: Bayesian personalized ranking from implicit feedback", figure 4). An actor's choices are gone through a few at a
 * time, which share the drawn {@link Rivals} and one step of the actor's factors: most of the work is scoring what was drawn. Who chose much
 * has less say for each choice, by the fourth root of their number. One thread, as each step builds on the one before.
 */
final class Learning {

    private static final double DEVIATION = 0.05;
    private static final double LESS_SAY = 0.25;
    /** After so many epochs steps are half as long. */
    private static final double HALF = 20;

    private final Choices choices;
    private final SparseMatrix matrix;
    private final int factors;
    private final Pace pace;
    private final JobContext job;
    private final SplittableRandom random;
    private final Rivals rivals;
    private final int[] order;
    private final double[] say;
    private final float[] actors;
    private final float[] products;
    private final float[] biases;
    private final float[] moved;
    private final float[] pulls = new float[Rivals.DRAWN];
    private final int[] pulled = new int[pulls.length];
    private int epochs;

    Learning(Choices choices, Pace pace, long seed, JobContext job) {
        this.choices = choices;
        this.matrix = choices.matrix();
        this.factors = pace.factors();
        this.pace = pace;
        this.job = job;
        random = new SplittableRandom(seed);
        rivals = new Rivals(matrix.columns(), pace.drawn(), random);
        order = new int[matrix.rows()];
        say = new double[matrix.rows()];
        double all = 0;
        for (int actor = 0; actor < order.length; actor++) {
            order[actor] = actor;
            say[actor] = Math.pow(Math.max(1, matrix.length(actor)), -LESS_SAY);
            all += say[actor] * matrix.length(actor);
        }
        for (int actor = 0; actor < order.length; actor++) {
            say[actor] *= matrix.size() / all;
        }
        Random first = new Random(seed);
        actors = drawn(matrix.rows(), first);
        products = drawn(matrix.columns(), first);
        biases = new float[matrix.columns()];
        moved = new float[factors];
    }

    private float[] drawn(int rows, Random first) {
        float[] values = new float[Math.multiplyExact(rows, factors)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (DEVIATION * first.nextGaussian());
        }
        return values;
    }

    /**
     * Goes once through all choices.
     *
     * @return the mean loss of a pair
     */
    double epoch() {
        double rate = pace.rate() / (1 + epochs++ / HALF);
        double loss = 0;
        shuffle(order);
        for (int actor : order) {
            job.checkCancelled();
            int[] places = new int[matrix.length(actor)];
            for (int i = 0; i < places.length; i++) {
                places[i] = matrix.start(actor) + i;
            }
            rivals.next(matrix.columnsOf(actor));
            shuffle(places);
            for (int from = 0; from < places.length; from += Rivals.CHOICES) {
                loss += steps(actor, places, from, Math.min(places.length, from + Rivals.CHOICES), rate);
            }
        }
        return loss / matrix.size();
    }

    private void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }

    private double steps(int actor, int[] places, int from, int to, double rate) {
        rivals.draw(product -> score(actor, product));
        if (rivals.size() == 0) {
            return 0;
        }
        Arrays.fill(moved, 0);
        Arrays.fill(pulls, 0);
        Arrays.fill(pulled, 0);
        double loss = 0;
        for (int i = from; i < to; i++) {
            int better = matrix.column(places[i]);
            int rival = rivals.best();
            double difference = score(actor, better) - rivals.score(rival);
            float pull = (float) (rate * say[actor] * matrix.value(places[i]) / (1 + Math.exp(difference)));
            pulls[rival] -= pull;
            pulled[rival]++;
            step(actor, better, pull, 1, rate);
            loss += Math.log1p(Math.exp(-difference));
        }
        for (int rival = 0; rival < rivals.size(); rival++) {
            if (pulled[rival] > 0) {
                step(actor, rivals.product(rival), pulls[rival], pulled[rival], rate);
            }
        }
        move(actors, actor * factors, moved, 0, 1, held(to - from, rate));
        return loss;
    }

    private float score(int actor, int product) {
        return biases[product] + Kernels.dot(actors, actor * factors, products, product * factors, factors);
    }

    // What is kept of a factor in so many steps.
    private float held(int steps, double rate) {
        return (float) Math.max(0, 1 - steps * rate * pace.regularisation());
    }

    private void step(int actor, int product, float pull, int steps, double rate) {
        float kept = held(steps, rate);
        Kernels.axpy(pull, products, product * factors, moved, 0, factors);
        move(products, product * factors, actors, actor * factors, pull, kept);
        biases[product] = kept * biases[product] + pull;
    }

    private void move(float[] rows, int row, float[] by, int at, float pull, float kept) {
        for (int k = 0; k < factors; k++) {
            rows[row + k] = kept * rows[row + k] + pull * by[at + k];
        }
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
