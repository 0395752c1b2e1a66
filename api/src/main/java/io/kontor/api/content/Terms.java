package io.kontor.api.content;

import io.kontor.api.choice.SparseMatrix;
import java.util.List;

/**
 * A sparse vector. Its arrays are kept and not copied, and not to be changed.
 *
 * @param buckets in rising order
 * @param weights one a bucket
 */
public record Terms(int[] buckets, float[] weights) {

    /** Nothing is said. */
    public static final Terms NONE = new Terms(new int[0], new float[0]);

    /**
     * Sparse vectors as the rows of a matrix.
     *
     * @param rows the vectors
     * @param columns above all their buckets
     * @return a row a vector
     */
    public static SparseMatrix matrix(List<Terms> rows, int columns) {
        int[] starts = new int[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            starts[i + 1] = starts[i] + rows.get(i).size();
        }
        int[] cells = new int[starts[rows.size()]];
        float[] values = new float[cells.length];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i).buckets(), 0, cells, starts[i], rows.get(i).size());
            System.arraycopy(rows.get(i).weights(), 0, values, starts[i], rows.get(i).size());
        }
        return new SparseMatrix(columns, starts, cells, values);
    }

    /**
     * How many buckets have a weight.
     *
     * @return 0 or more
     */
    public int size() {
        return buckets.length;
    }

    /**
     * The product with another vector.
     *
     * @param other over the same buckets
     * @return the sum over the buckets of both of the products of their weights: the cosine when both have length 1
     */
    public double times(Terms other) {
        double sum = 0;
        int j = 0;
        for (int i = 0; i < buckets.length; i++) {
            while (j < other.buckets.length && other.buckets[j] < buckets[i]) {
                j++;
            }
            if (j < other.buckets.length && other.buckets[j] == buckets[i]) {
                sum += (double) weights[i] * other.weights[j];
            }
        }
        return sum;
    }
}
