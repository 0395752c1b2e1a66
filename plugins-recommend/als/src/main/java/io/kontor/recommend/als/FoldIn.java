package io.kontor.recommend.als;

import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Cholesky;
import io.kontor.bundles.kernels.Kernels;

/**
 * The vector of somebody who chose given products, as training would have found it with the products' vectors as they are, and what each of
 * these products adds to a score (Hu, Koren and Volinsky 2008, section 5): with A the matrix of the system,
 *
 * <pre>x = A^-1 sum over h of c(h) y(h);  x y(t) = sum over h of c(h) y(h) A^-1 y(t)</pre>
 *
 * <p>A is a diagonal B, as vectors lie along the axes of all products, and the sum of c(h) y(h) y(h)'. Where there are fewer choices than
 * factors the system is as large as the history instead (Golub and Van Loan 2013, section 2.1.4): with Y the rows y(h),
 *
 * <pre>M = diag(1 / c) + Y B^-1 Y';  x = B^-1 Y' M^-1 1;  c(h) y(h) A^-1 y(t) = (M^-1 Y B^-1 y(t))(h)</pre>
 *
 * <p>For one answer and one thread.
 */
final class FoldIn {

    private final ItemFactors model;
    private final int factors;
    private final int stride;
    private final float[] history;
    private final float[] weights;
    /** The diagonal of B; below, one over its roots. */
    private final float[] diagonal;
    private final boolean few;
    private final Cholesky system;
    private final float[] vector;

    FoldIn(ItemFactors model, int[] products, float[] weights) {
        this.model = model;
        this.weights = weights;
        factors = model.factors();
        stride = model.stride();
        few = weights.length < factors;
        history = new float[products.length * stride];
        vector = new float[stride];
        double sum = 0;
        for (int h = 0; h < products.length; h++) {
            model.vectors().copy(products[h], history, h * stride);
            sum += weights[h];
        }
        float held = model.strengths().of(sum, model.items().size());
        diagonal = new float[stride];
        for (int k = 0; k < factors; k++) {
            diagonal[k] = model.energy(k) + held;
        }
        system = few ? ofChoices() : ofFactors();
    }

    private Cholesky ofFactors() {
        float[] scaled = new float[history.length];
        for (int h = 0; h < weights.length; h++) {
            int at = h * stride;
            Kernels.axpy(weights[h], history, at, vector, 0, stride);
            Kernels.axpy((float) Math.sqrt(weights[h]), history, at, scaled, at, stride);
        }
        float[] matrix = Kernels.gram(scaled, weights.length, stride, JobContext.unwatched());
        for (int k = 0; k < factors; k++) {
            matrix[k * stride + k] += diagonal[k];
        }
        Cholesky factored = new Cholesky(matrix, factors, stride);
        factored.solve(vector, 0);
        return factored;
    }

    private Cholesky ofChoices() {
        int size = weights.length;
        int width = Factorisation.stride(size);
        float[] turned = new float[factors * width];
        for (int k = 0; k < factors; k++) {
            diagonal[k] = 1 / (float) Math.sqrt(diagonal[k]);
        }
        for (int h = 0; h < size; h++) {
            for (int k = 0; k < factors; k++) {
                history[h * stride + k] *= diagonal[k];
                turned[k * width + h] = history[h * stride + k];
            }
        }
        float[] matrix = Kernels.gram(turned, factors, width, JobContext.unwatched());
        float[] ones = new float[size];
        for (int h = 0; h < size; h++) {
            matrix[h * width + h] += 1 / weights[h];
            ones[h] = 1;
        }
        Cholesky factored = new Cholesky(matrix, size, width);
        factored.solve(ones, 0);
        for (int h = 0; h < size; h++) {
            Kernels.axpy(ones[h], history, h * stride, vector, 0, stride);
        }
        for (int k = 0; k < factors; k++) {
            vector[k] *= diagonal[k];
        }
        return factored;
    }

    /** The customer's vector, padded with zeros. */
    float[] vector() {
        return vector;
    }

    /**
     * What each product of the history adds to scores.
     *
     * @param products whose scores
     * @return one row a product, one number a place of the history
     */
    double[][] parts(int[] products) {
        double[][] parts = new double[products.length][weights.length];
        float[] row = new float[stride];
        for (int first = 0; first < products.length; first += Kernels.PADDING) {
            int count = Math.min(Kernels.PADDING, products.length - first);
            float[] turned = new float[(factors + weights.length) * Kernels.PADDING];
            for (int j = 0; j < count; j++) {
                model.vectors().copy(products[first + j], row, 0);
                for (int k = 0; k < factors; k++) {
                    turned[k * Kernels.PADDING + j] = few ? row[k] * diagonal[k] : row[k];
                }
            }
            float[] own = few ? ofChoices(turned) : ofFactors(turned);
            for (int h = 0; h < weights.length; h++) {
                for (int j = 0; j < count; j++) {
                    parts[first + j][h] = own[h * Kernels.PADDING + j];
                }
            }
        }
        return parts;
    }

    private float[] ofFactors(float[] turned) {
        system.solveAll(turned);
        float[] own = products(turned);
        for (int h = 0; h < weights.length; h++) {
            for (int j = h * Kernels.PADDING; j < (h + 1) * Kernels.PADDING; j++) {
                own[j] *= weights[h];
            }
        }
        return own;
    }

    private float[] ofChoices(float[] turned) {
        float[] own = products(turned);
        system.solveAll(own);
        return own;
    }

    // The scalar products of the history's rows with sixteen columns.
    private float[] products(float[] turned) {
        float[] own = new float[weights.length * Kernels.PADDING];
        int from = factors * Kernels.PADDING;
        for (int h = 0; h < weights.length; h++) {
            Kernels.subtractRows(history, h * stride, factors, turned, from + h * Kernels.PADDING, 0);
        }
        for (int i = 0; i < own.length; i++) {
            own[i] = -turned[from + i];
        }
        return own;
    }
}
