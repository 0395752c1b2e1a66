package io.kontor.recommend.matrixfactorization;

import io.kontor.api.job.JobContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Learns factors and biases that predict ratings, r(u,i) = mean + b(u) + b(i) + p(u) q(i) (Koren, Bell and Volinsky 2009, "Matrix factorization
 * techniques for recommender systems"), by the squared error over small batches. A tenth of the values is held out; the factors of the epoch
 * that predicts it best are taken, and learning ends when three epochs in a row were no better. One thread, so that batches follow each other
 * in the same order; memory is twelve bytes a factor of each customer and product.
 */
final class Learning {

    private static final int BATCH = 512;
    private static final int NEGATIVES = 4;
    private static final int HELD_OUT_ONE_IN = 10;
    private static final int PATIENCE = 3;

    private final Ratings ratings;
    private final int factors;
    private final float rate;
    private final float regularisation;
    private final JobContext job;
    private final Random random;
    private final AdamRows actors;
    private final AdamRows products;
    private final int negatives;
    private final float mean;
    private final int[] learned;
    private final int[] held;
    private int step;

    Learning(Ratings ratings, int factors, double rate, double regularisation, long seed, JobContext job) {
        this.ratings = ratings;
        this.factors = factors;
        this.rate = (float) rate;
        this.regularisation = (float) regularisation;
        this.job = job;
        random = new Random(seed);
        negatives = ratings.explicit() ? 0 : NEGATIVES;
        actors = new AdamRows(ratings.actors(), factors + 1, BATCH, random);
        products = new AdamRows(ratings.items().size(), factors + 1, BATCH, random);
        int[] order = new int[ratings.size()];
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            sum += ratings.values()[i];
        }
        mean = (float) (sum / order.length / (1 + negatives));
        shuffle(order);
        int out = order.length / HELD_OUT_ONE_IN;
        held = Arrays.copyOf(order, out);
        learned = Arrays.copyOfRange(order, out, order.length);
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    /** Learns; the model has the factors of the best epoch and how all of them went. */
    RatingModel run(int epochs) {
        double[] training = new double[epochs];
        double[] validation = new double[epochs];
        float[] best = products.values().clone();
        float[] scores = new float[0];
        double reached = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        int epoch = 0;
        for (; epoch < epochs && epoch - bestEpoch <= PATIENCE; epoch++) {
            training[epoch] = epoch();
            float[] predicted = new float[held.length * (1 + negatives)];
            validation[epoch] = held.length == 0 ? training[epoch] : validate(predicted);
            job.log(String.format(Locale.ROOT, "Epoch %d: loss %.5f in training, %.5f in validation.", epoch + 1, training[epoch],
                    validation[epoch]));
            job.progress(0.3 + 0.68 * (epoch + 1) / epochs, String.format(Locale.ROOT, "Epoch %d, loss %.4f", epoch + 1, validation[epoch]));
            if (validation[epoch] < reached) {
                reached = validation[epoch];
                best = products.values().clone();
                scores = predicted;
                bestEpoch = epoch;
            }
        }
        Course course = Course.of(Arrays.copyOf(training, epoch), Arrays.copyOf(validation, epoch), scores);
        RatingModel.Scale scale = new RatingModel.Scale(ratings.explicit(), mean, good(), regularisation, negatives);
        return new RatingModel(ratings.items(), ratings.counting(), scale, factors, best, course);
    }

    /** The mean of good ratings; what a choice without a rating stands for. */
    private float good() {
        double sum = 0;
        int count = 0;
        for (float value : ratings.values()) {
            if (value >= ratings.counting().goodRating()) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? mean : (float) (sum / count);
    }

    private double epoch() {
        shuffle(learned);
        double sum = 0;
        long samples = 0;
        int waiting = 0;
        for (int place : learned) {
            for (int negative = 0; negative <= negatives; negative++) {
                int product = negative == 0 ? ratings.product()[place] : random.nextInt(ratings.items().size());
                float error = error(place, product, negative == 0 ? ratings.values()[place] : 0);
                actors.gradient(ratings.actor()[place], error, products, product, regularisation);
                products.gradient(product, error, actors, ratings.actor()[place], regularisation);
                sum += (double) error * error;
                samples++;
                if (++waiting == BATCH) {
                    step(waiting);
                    waiting = 0;
                    job.checkCancelled();
                }
            }
        }
        if (waiting > 0) {
            step(waiting);
        }
        return sum / samples;
    }

    private void step(int samples) {
        step++;
        actors.step(step, rate, samples);
        products.step(step, rate, samples);
    }

    private float error(int place, int product, float value) {
        return mean + actors.score(ratings.actor()[place], products, product) - value;
    }

    private double validate(float[] predicted) {
        Random drawn = new Random(held.length);
        double sum = 0;
        int count = 0;
        for (int place : held) {
            for (int negative = 0; negative <= negatives; negative++) {
                int product = negative == 0 ? ratings.product()[place] : drawn.nextInt(ratings.items().size());
                float value = negative == 0 ? ratings.values()[place] : 0;
                float error = error(place, product, value);
                predicted[count++] = value + error;
                sum += (double) error * error;
            }
        }
        return sum / count;
    }
}
