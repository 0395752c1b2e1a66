package io.kontor.recommend.ease;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * EASE (Steck 2019, "Embarrassingly shallow autoencoders for sparse data", equation 8): the weights B that restore choices X from themselves
 * with the least squared error when no product may speak for itself,
 *
 * <pre>B(s,t) = -P(s,t) / P(t,t) for s other than t,  P = inverse of (X' W X + D)</pre>
 *
 * <p>with three departures that were chosen on held-out purchases of a gift shop and ratings of films:
 * <ul>
 * <li>D(i,i) = lambda + q / (1 - q) (X' W X)(i,i), where q = 1/4 is the share of choices that is thought to be missing, at random, from the
 * input (Steck 2020, "Autoencoders that don't overfit towards the identity", equation 7);
 * <li>W(u,u) = 1 / square root of the sum of actor u's weights: who chose a thousand products would otherwise count a thousand times as much
 * as who chose one;
 * <li>columns of X are divided by the 0.15th power of how often the product was chosen, so that popular products must be better supported to
 * come first. The weights given out take in that the products of a basket are to be divided likewise.
 * </ul>
 *
 * <p>Both are scaled so that a choice still counts 1 in the mean, which gives lambda the same meaning in all shops.
 *
 * <p>What is said of products is learned from like more choices (Jeunen, Van Balen and Goethals 2020, "Closed-form models for collaborative
 * filtering with side-information", the model with the stacked matrix): with S a row a product, its weighed words of length 1, the matrix
 * c S S' is added to X' W X after the scaling, so that two products whose words are the same are as much alike as if c customers had chosen
 * both. For rare products that is much of what is known of them, for frequent ones little.
 */
final class Autoencoder {

    private static final double MISSING = 0.25;
    private static final double POPULARITY = 0.15;
    private static final int ROWS_OF_A_PART = 64;

    private final SparseMatrix matrix;
    private final SparseMatrix byProduct;
    private final Likeness likeness;
    private final double[] say;
    private final double[] scale;
    private final int size;

    /**
     * For some choices.
     *
     * @param choices with so few products that a square matrix of them fits into the memory
     * @param likeness of these products
     * @throws KontorException of kind DATA when nobody chose two products
     */
    Autoencoder(Choices choices, Likeness likeness) {
        this.likeness = likeness;
        matrix = choices.matrix();
        byProduct = matrix.transposed();
        size = matrix.columns();
        say = new double[matrix.rows()];
        scale = new double[size];
        int longest = 0;
        for (int actor = 0; actor < say.length; actor++) {
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                say[actor] += matrix.value(c);
                scale[matrix.column(c)] += matrix.value(c);
            }
            longest = Math.max(longest, matrix.length(actor));
        }
        if (longest < 2) {
            throw new KontorException(KontorException.Kind.DATA,
                    "No two products were chosen by the same customer or in the same session; more orders or events are needed.");
        }
        lower(say, 0.5);
        lower(scale, POPULARITY);
    }

    // Turns sums into factors that fall with a power of them and are 1 in the mean over what was summed.
    private static void lower(double[] sums, double power) {
        double all = 0;
        double lowered = 0;
        for (int i = 0; i < sums.length; i++) {
            double factor = sums[i] > 0 ? Math.pow(sums[i], -power) : 0;
            all += sums[i];
            lowered += sums[i] * factor;
            sums[i] = factor;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= all / lowered;
        }
    }

    /**
     * Learns.
     *
     * @param trial how much is held back and how much likeness counts
     * @param job allows threads and may cancel
     * @return B row by row, a row a source
     */
    float[] weights(Trial trial, JobContext job) {
        float[] weights = new float[size * size];
        inParts(from -> gram(from, trial, weights), job);
        job.progress(0.1, "Inverting a matrix of " + size + " products");
        Kernels.inverse(weights, size, job);
        float[] diagonal = new float[size];
        for (int i = 0; i < size; i++) {
            diagonal[i] = weights[i * size + i];
        }
        inParts(from -> divide(from, diagonal, weights), job);
        return weights;
    }

    private interface Rows {

        void from(int first);
    }

    private void inParts(Rows work, JobContext job) {
        List<Supplier<Void>> parts = new ArrayList<>();
        for (int first = 0; first < size; first += ROWS_OF_A_PART) {
            int from = first;
            parts.add(() -> {
                work.from(from);
                return null;
            });
        }
        job.all(parts);
    }

    private void gram(int from, Trial trial, float[] into) {
        double[] sums = new double[size];
        for (int row = from; row < Math.min(size, from + ROWS_OF_A_PART); row++) {
            Arrays.fill(sums, 0);
            for (int p = byProduct.start(row); p < byProduct.start(row + 1); p++) {
                int actor = byProduct.column(p);
                double share = say[actor] * byProduct.value(p);
                for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                    sums[matrix.column(c)] += share * matrix.value(c);
                }
            }
            for (int column = 0; column < size; column++) {
                sums[column] *= scale[row] * scale[column];
            }
            if (trial.content() > 0) {
                likeness.add(row, trial.content(), sums);
            }
            for (int column = 0; column < size; column++) {
                into[row * size + column] = (float) sums[column];
            }
            into[row * size + row] = (float) (trial.lambda() + into[row * size + row] / (1 - MISSING));
        }
    }

    private void divide(int from, float[] diagonal, float[] inverse) {
        for (int row = from; row < Math.min(size, from + ROWS_OF_A_PART); row++) {
            for (int column = 0; column < size; column++) {
                inverse[row * size + column] = row == column ? 0 : (float) -scale[row] * inverse[row * size + column] / diagonal[column];
            }
        }
    }
}
