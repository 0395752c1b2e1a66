package io.kontor.recommend.twotower;

import io.kontor.bundles.descent.Sequences;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Customers with a random half of their choices, from which the other half is to be told, as denoising autoencoders learn (Liang et al. 2018,
 * "Variational autoencoders for collaborative filtering"). In a small catalogue it is told from all products; in a larger one from those that
 * others of the batch chose and some drawn evenly among all, so that products which nobody chose, or few, are told apart too (mixed negative
 * sampling; Yang et al. 2020). For one thread.
 */
final class Examples {

    private static final int MOST_CHOICES = 2_048;
    private static final int FEWEST_CHOICES = 64;
    private static final int BATCHES = 20;
    private static final int ALL_PRODUCTS = 4_096;
    private static final int DRAWN = 1_024;

    private final Sequences sequences;
    private final int products;
    private final SplittableRandom random;
    private final float[] popularity;
    private final int[] numbers;
    private final int[] taking;
    private final int size;
    private int count;

    /**
     * Made for one training.
     *
     * @param sequences who chose what
     * @param products how many products there are, those that nobody chose included
     * @param random the order and the products drawn
     */
    Examples(Sequences sequences, int products, SplittableRandom random) {
        this.sequences = sequences;
        this.products = products;
        this.random = random;
        popularity = new float[products];
        numbers = new int[products];
        taking = new int[products];
        int choices = 0;
        for (int[] window : sequences.windows()) {
            for (int product : window) {
                popularity[product]++;
            }
            choices += window.length;
        }
        for (int product = 0; product < products; product++) {
            popularity[product] /= choices;
        }
        size = Math.max(FEWEST_CHOICES, Math.min(MOST_CHOICES, choices / BATCHES));
    }

    /** What is called with each batch. */
    interface Learner {

        /**
         * Learns.
         *
         * @param batch examples
         * @return the mean loss
         */
        double learn(TowerBatch batch);
    }

    /**
     * Goes through all customers once, in another order and with other halves each time.
     *
     * @param learner called with one batch after the other
     * @return the mean loss of a choice
     */
    double each(Learner learner) {
        double loss = 0;
        int choices = 0;
        for (int[][] windows : sequences.batches(size, random)) {
            TowerBatch batch = batch(windows);
            loss += batch.targets().length * learner.learn(batch);
            choices += batch.targets().length;
        }
        return loss / choices;
    }

    private TowerBatch batch(int[][] windows) {
        int most = 0;
        int choices = 0;
        int[] halves = new int[windows.length];
        int[][] mixed = new int[windows.length][];
        for (int row = 0; row < windows.length; row++) {
            mixed[row] = windows[row].clone();
            halves[row] = half(mixed[row]);
            most = Math.max(most, halves[row]);
            choices += mixed[row].length - halves[row];
        }
        Arrays.fill(numbers, -1);
        count = 0;
        long[] targets = new long[choices];
        int columns = columns(mixed, halves, targets);
        long[] known = new long[windows.length * most];
        float[] shares = new float[known.length];
        for (int row = 0; row < mixed.length; row++) {
            for (int place = 0; place < halves[row]; place++) {
                known[row * most + place] = number(mixed[row][place]);
                shares[row * most + place] = 1f / halves[row];
            }
        }
        return new TowerBatch(Arrays.copyOf(taking, count), columns, windows.length, known, shares, targets, corrections(columns, choices));
    }

    // Brings a random half to the front, at least one and not all.
    private int half(int[] window) {
        int half = Math.max(1, Math.min(window.length - 1, (window.length + random.nextInt(2)) / 2));
        for (int place = 0; place < half; place++) {
            int other = place + random.nextInt(window.length - place);
            int kept = window[place];
            window[place] = window[other];
            window[other] = kept;
        }
        return half;
    }

    private int columns(int[][] mixed, int[] halves, long[] targets) {
        boolean all = products <= ALL_PRODUCTS;
        for (int product = 0; product < products && all; product++) {
            number(product);
        }
        int target = 0;
        for (int row = 0; row < mixed.length; row++) {
            for (int place = halves[row]; place < mixed[row].length; place++) {
                targets[target++] = number(mixed[row][place]);
            }
        }
        for (int i = 0; i < DRAWN && !all; i++) {
            number(random.nextInt(products));
        }
        target = 0;
        for (int row = 0; row < mixed.length; row++) {
            for (int place = halves[row]; place < mixed[row].length; place++) {
                targets[target++] += (long) row * count;
            }
        }
        return count;
    }

    private float[] corrections(int columns, int choices) {
        float[] corrections = new float[columns];
        for (int column = 0; column < columns && products > ALL_PRODUCTS; column++) {
            double expected = (double) choices * popularity[taking[column]] + (double) DRAWN / products;
            corrections[column] = (float) Math.log(-Math.expm1(-expected));
        }
        return corrections;
    }

    private int number(int product) {
        if (numbers[product] < 0) {
            numbers[product] = count;
            taking[count++] = product;
        }
        return numbers[product];
    }
}
