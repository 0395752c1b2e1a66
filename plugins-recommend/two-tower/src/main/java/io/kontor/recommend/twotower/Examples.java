package io.kontor.recommend.twotower;

import io.kontor.bundles.descent.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Each choice of an actor with those before it. Batches have as many products drawn evenly among all as there are examples, so that products
 * which nobody chose, or few, are told apart too (mixed negative sampling; Yang et al. 2020). For one thread.
 */
final class Examples {

    private static final int MOST_EXAMPLES = 256;
    private static final int FEWEST_EXAMPLES = 32;
    private static final int BATCHES = 20;

    private final Sequences sequences;
    private final int products;
    private final SplittableRandom random;
    private final float[] popularity;
    private final int[] numbers;
    private final int size;

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
        Arrays.fill(numbers, -1);
        for (int[] window : sequences.windows()) {
            for (int place = 1; place < window.length; place++) {
                popularity[window[place]] += 1f / sequences.steps();
            }
        }
        size = Math.max(FEWEST_EXAMPLES, Math.min(MOST_EXAMPLES, sequences.steps() / BATCHES));
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
     * Goes through all examples once, in another order each time.
     *
     * @param learner called with one batch after the other
     * @return the mean loss of an example
     */
    double each(Learner learner) {
        List<int[]> windows = sequences.windows();
        long[] order = new long[sequences.steps()];
        int count = 0;
        for (int window = 0; window < windows.size(); window++) {
            for (int place = 1; place < windows.get(window).length; place++) {
                order[count++] = (long) window << Integer.SIZE | place;
            }
        }
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        double loss = 0;
        for (int begin = 0; begin < count; begin += size) {
            int end = Math.min(count, begin + size);
            loss += (end - begin) * learner.learn(batch(order, begin, end));
        }
        return loss / count;
    }

    private TowerBatch batch(long[] order, int begin, int end) {
        int rows = end - begin;
        List<Integer> taking = new ArrayList<>();
        int[] columns = new int[2 * rows];
        float[] expected = new float[columns.length];
        int[][] known = new int[rows][];
        for (int row = 0; row < rows; row++) {
            int[] window = sequences.windows().get((int) (order[begin + row] >> Integer.SIZE));
            int place = (int) order[begin + row];
            known[row] = new int[place];
            for (int i = 0; i < place; i++) {
                known[row][i] = number(window[i], taking);
            }
            column(row, window[place], rows, columns, expected, taking);
        }
        for (int row = 0; row < rows; row++) {
            column(rows + row, random.nextInt(products), rows, columns, expected, taking);
        }
        float[] shares = new float[rows * taking.size()];
        for (int row = 0; row < rows; row++) {
            for (int product : known[row]) {
                shares[row * taking.size() + product] += 1f / known[row].length;
            }
        }
        int[] part = taking.stream().mapToInt(Integer::intValue).toArray();
        for (int product : part) {
            numbers[product] = -1;
        }
        return new TowerBatch(part, shares, columns, expected);
    }

    private void column(int column, int product, int rows, int[] columns, float[] expected, List<Integer> taking) {
        columns[column] = number(product, taking);
        expected[column] = rows * (popularity[product] + 1f / products);
    }

    private int number(int product, List<Integer> taking) {
        if (numbers[product] < 0) {
            numbers[product] = taking.size();
            taking.add(product);
        }
        return numbers[product];
    }
}
