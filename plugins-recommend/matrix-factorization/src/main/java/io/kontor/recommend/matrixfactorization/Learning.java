package io.kontor.recommend.matrixfactorization;

import io.kontor.api.job.JobContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Learns factors and biases that predict ratings, r(u,i) = mean + b(u) + b(i) + p(u) q(i) (Koren, Bell and Volinsky 2009, "Matrix factorization
 * techniques for recommender systems"), by the squared error over small batches. A part of the values is held out to see how that goes on; for
 * ratings it decides which epoch's factors are the best. Where there are choices only, drawn pairs of a customer and a product stand beside them
 * with the value 0. One thread, so that batches follow each other in the same order; memory is twelve bytes a factor of each customer and
 * product.
 */
final class Learning {

    private static final int BATCH = 512;
    private static final int HELD_RATINGS_ONE_IN = 10;
    private static final int HELD_CHOICES_ONE_IN = 50;
    private static final int PATIENCE = 3;
    private static final int MOST_EPOCHS = 500;
    /** After so many epochs steps are half as long. */
    private static final double HALF = 5;

    private final Ratings ratings;
    private final Pace pace;
    private final JobContext job;
    private final SplittableRandom random;
    private final AdamRows actors;
    private final AdamRows products;
    private final int drawn;
    private final float mean;
    private final int[] learned;
    private final int[] held;
    private final double[] training = new double[MOST_EPOCHS];
    private final double[] validation = new double[MOST_EPOCHS];
    private float[] best;
    private float[] scores = new float[0];
    private int bestEpoch;
    private int epochs;
    private int step;

    Learning(Ratings ratings, Pace pace, long seed, JobContext job) {
        this.ratings = ratings;
        this.pace = pace;
        this.job = job;
        random = new SplittableRandom(seed);
        drawn = ratings.explicit() ? 0 : pace.drawn();
        actors = new AdamRows(ratings.actors(), pace.factors() + 1, BATCH, random);
        products = new AdamRows(ratings.items().size(), pace.factors() + 1, BATCH, random);
        best = products.values();
        int[] order = new int[ratings.size()];
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            sum += ratings.values()[i];
        }
        mean = (float) (sum / order.length / (1 + drawn));
        shuffle(order);
        int out = order.length / (ratings.explicit() ? HELD_RATINGS_ONE_IN : HELD_CHOICES_ONE_IN);
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

    /**
     * Goes once through all values.
     *
     * @return whether it is worth going on: with ratings not, when three epochs in a row were no better
     */
    boolean epoch() {
        double error = learn();
        float[] predicted = new float[held.length * (1 + drawn)];
        double missed = held.length == 0 ? error : validate(predicted);
        training[epochs] = error;
        validation[epochs] = missed;
        if (!ratings.explicit()) {
            scores = predicted;
        } else if (epochs == 0 || missed < validation[bestEpoch]) {
            bestEpoch = epochs;
            best = products.values().clone();
            scores = predicted;
        }
        epochs++;
        return epochs < MOST_EPOCHS && (!ratings.explicit() || epochs - bestEpoch <= PATIENCE);
    }

    /** How the last epoch went, in words. */
    String said() {
        return String.format(Locale.ROOT, "Epoch %d: loss %.5f in training, %.5f in validation.", epochs, training[epochs - 1],
                validation[epochs - 1]);
    }

    /** The least mean squared error on what was held out. */
    double missed() {
        return validation[bestEpoch];
    }

    /** The model as it is now, or with ratings as it was when it was best. */
    RatingModel model() {
        Course course = Course.of(Arrays.copyOf(training, epochs), Arrays.copyOf(validation, epochs), scores);
        double pairs = (double) ratings.actors() * ratings.items().size();
        RatingModel.Scale scale = new RatingModel.Scale(ratings.explicit(), mean, good(), (float) pace.regularisation(),
                (float) (drawn * ratings.size() / pairs));
        return new RatingModel(ratings.items(), ratings.counting(), scale, pace.factors(), best.clone(), course);
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

    private double learn() {
        shuffle(learned);
        double sum = 0;
        long samples = 0;
        int waiting = 0;
        for (int place : learned) {
            for (int pair = 0; pair <= drawn; pair++) {
                int actor = pair == 0 ? ratings.actor()[place] : random.nextInt(ratings.actors());
                int product = pair == 0 ? ratings.product()[place] : random.nextInt(ratings.items().size());
                float error = error(actor, product, pair == 0 ? ratings.values()[place] : 0);
                actors.gradient(actor, error, products, product, (float) pace.regularisation());
                products.gradient(product, error, actors, actor, (float) pace.regularisation());
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
        float rate = (float) (pace.rate() / (1 + epochs / HALF));
        actors.step(step, rate, samples);
        products.step(step, rate, samples);
    }

    private float error(int actor, int product, float value) {
        return mean + actors.score(actor, products, product) - value;
    }

    private double validate(float[] predicted) {
        SplittableRandom same = new SplittableRandom(held.length);
        double sum = 0;
        int count = 0;
        for (int place : held) {
            for (int pair = 0; pair <= drawn; pair++) {
                int actor = pair == 0 ? ratings.actor()[place] : same.nextInt(ratings.actors());
                int product = pair == 0 ? ratings.product()[place] : same.nextInt(ratings.items().size());
                float value = pair == 0 ? ratings.values()[place] : 0;
                float error = error(actor, product, value);
                predicted[count++] = value + error;
                sum += (double) error * error;
            }
        }
        return sum / count;
    }
}
