package io.kontor.bundles.kernels;

import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Inverts a symmetric positive definite matrix by sweeping one block of it after the other. With K the block, D the inverse of A(K,K) and P the
 * columns K of the other rows, one step is
 *
 * <pre>A(i,j) - P(i) D P(j)' to A(i,j);  P D to A(i,K);  - D to A(K,K)</pre>
 *
 * <p>and all steps leave the negative inverse. Only the lower triangle takes part.
 */
final class Sweep {

    private static final int LINE = 16;

    private final float[] matrix;
    private final int size;
    private final JobContext job;
    private final int width = Kernels.LANES.columns();
    private final float[] strips;

    Sweep(float[] matrix, int size, JobContext job) {
        this.matrix = matrix;
        this.size = size;
        this.job = job;
        this.strips = new float[(size + width - 1) / width * width * Panels.BLOCK];
    }

    void run() {
        for (int block = 0; block < size; block += Panels.BLOCK) {
            job.checkCancelled();
            step(block, Math.min(Panels.BLOCK, size - block));
        }
        List<Supplier<Void>> parts = new ArrayList<>();
        for (int first = 0; first < size; first += Panels.GROUP) {
            int from = first;
            parts.add(() -> finish(from, Math.min(from + Panels.GROUP, size)));
        }
        job.all(parts);
    }

    private void step(int block, int inner) {
        float[] diagonal = diagonal(block, inner);
        PackedRows packed = new PackedRows(diagonal, inner, inner);
        List<Supplier<Void>> gathering = new ArrayList<>();
        List<Supplier<Void>> updates = new ArrayList<>();
        for (int first = (size - 1) / Panels.BLOCK * Panels.BLOCK; first >= 0; first -= Panels.BLOCK) {
            if (first == block) {
                continue;
            }
            int from = first;
            int end = Math.min(first + Panels.BLOCK, size);
            gathering.add(() -> gather(block, inner, from, end));
            for (int group = first; group < end; group += Panels.GROUP) {
                int begin = group;
                updates.add(() -> update(block, inner, packed, begin, Math.min(begin + Panels.GROUP, end)));
            }
        }
        job.all(gathering);
        job.all(updates);
        for (int i = 0; i < inner; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[(block + i) * size + block + j] = -diagonal[i * inner + j];
            }
        }
    }

    /** The inverse of a block on the diagonal, by Gauss and Jordan in double precision. */
    private float[] diagonal(int block, int inner) {
        double[][] rows = new double[inner][inner];
        for (int i = 0; i < inner; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = matrix[(block + i) * size + block + j];
                rows[j][i] = rows[i][j];
            }
        }
        for (int k = 0; k < inner; k++) {
            double pivot = rows[k][k];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                throw new ArithmeticException("The matrix is not positive definite: pivot " + (block + k) + " is " + pivot + ".");
            }
            rows[k][k] = 1;
            for (int j = 0; j < inner; j++) {
                rows[k][j] /= pivot;
            }
            for (int i = 0; i < inner; i++) {
                if (i != k) {
                    double factor = rows[i][k];
                    rows[i][k] = 0;
                    subtract(factor, rows[k], rows[i]);
                }
            }
        }
        float[] result = new float[inner * inner];
        for (int i = 0; i < inner; i++) {
            for (int j = 0; j < inner; j++) {
                result[i * inner + j] = (float) rows[i][j];
            }
        }
        return result;
    }

    private static void subtract(double factor, double[] row, double[] from) {
        for (int j = 0; j < from.length; j++) {
            from[j] -= factor * row[j];
        }
    }

    /** Packs the block's columns of some rows; above the block they are its rows. */
    private Void gather(int block, int inner, int from, int end) {
        if (from < block) {
            for (int first = from; first < end; first += width) {
                for (int k = 0; k < inner; k++) {
                    System.arraycopy(matrix, (block + k) * size + first, strips, first * Panels.BLOCK + k * width, Math.min(width, end - first));
                }
            }
            return null;
        }
        for (int row = from; row < end; row++) {
            int to = row / width * width * Panels.BLOCK + row % width;
            for (int k = 0; k < inner; k++) {
                strips[to + k * width] = matrix[row * size + block + k];
            }
        }
        return null;
    }

    /** Subtracts P D P' from some rows, and puts P D into the block's columns. */
    private Void update(int block, int inner, PackedRows diagonal, int from, int end) {
        int rows = end - from;
        float[] own = new float[rows * inner];
        for (int i = 0; i < rows; i++) {
            int source = (from + i) / width * width * Panels.BLOCK + (from + i) % width;
            for (int k = 0; k < inner; k++) {
                own[i * inner + k] = strips[source + k * width];
            }
        }
        float[] solved = new float[rows * inner];
        diagonal.times(own, 0, rows, solved, 0);
        put(solved, block, inner, from, end);
        for (int i = 0; i < solved.length; i++) {
            solved[i] = -solved[i];
        }
        float[] groups = new float[(rows + Lanes.ROWS - 1) / Lanes.ROWS * Lanes.ROWS * inner];
        Panels.rows(solved, 0, inner, rows, inner, groups);
        float[] spare = new float[Lanes.ROWS * width];
        for (int first = 0; first < end; first += width) {
            if (first < block || first >= block + inner) {
                int firstGroup = Math.max(0, first - from) / Lanes.ROWS;
                Panels.multiply(inner, groups, firstGroup, rows, strips, first * Panels.BLOCK, Math.min(width, size - first), matrix,
                        from * size + first, size, spare);
            }
        }
        return null;
    }

    private void put(float[] solved, int block, int inner, int from, int end) {
        for (int i = 0; i < end - from; i++) {
            for (int k = 0; k < inner; k++) {
                int to = from > block ? (from + i) * size + block + k : (block + k) * size + from + i;
                matrix[to] = solved[i * inner + k];
            }
        }
    }

    /** Turns the sign of some columns of the lower triangle and copies them into the upper one. */
    private Void finish(int from, int end) {
        for (int first = from; first < end; first += LINE) {
            int last = Math.min(first + LINE, end);
            for (int j = first; j < size; j++) {
                for (int i = first; i < Math.min(last, j + 1); i++) {
                    float value = -matrix[j * size + i];
                    matrix[j * size + i] = value;
                    matrix[i * size + j] = value;
                }
            }
        }
        return null;
    }
}
