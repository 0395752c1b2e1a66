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
 * <p>For one answer and one thread.
 */
final class FoldIn {

    private final ItemFactors model;
    private final int stride;
    private final float[] history;
    private final float[] weights;
    private final Cholesky system;
    private final float[] vector;

    FoldIn(ItemFactors model, int[] products, float[] weights) {
        this.model = model;
        this.stride = model.stride();
        this.weights = weights;
        history = new float[products.length * stride];
        vector = new float[stride];
        float[] scaled = new float[history.length];
        double sum = 0;
        for (int h = 0; h < products.length; h++) {
            int at = h * stride;
            model.vectors().copy(products[h], history, at);
            Kernels.axpy(weights[h], history, at, vector, 0, stride);
            Kernels.axpy((float) Math.sqrt(weights[h]), history, at, scaled, at, stride);
            sum += weights[h];
        }
        float[] matrix = Kernels.gram(scaled, products.length, stride, JobContext.unwatched());
        Kernels.axpy(1, model.gram(), 0, matrix, 0, matrix.length);
        float held = model.strengths().of(sum, model.items().size());
        for (int i = 0; i < model.factors(); i++) {
            matrix[i * stride + i] += held;
        }
        system = new Cholesky(matrix, model.factors(), stride);
        system.solve(vector, 0);
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
        int factors = model.factors();
        float[] row = new float[stride];
        for (int first = 0; first < products.length; first += Kernels.PADDING) {
            int count = Math.min(Kernels.PADDING, products.length - first);
            float[] turned = new float[(factors + weights.length) * Kernels.PADDING];
            for (int j = 0; j < count; j++) {
                model.vectors().copy(products[first + j], row, 0);
                for (int k = 0; k < factors; k++) {
                    turned[k * Kernels.PADDING + j] = row[k];
                }
            }
            system.solveAll(turned);
            for (int h = 0; h < weights.length; h++) {
                int to = (factors + h) * Kernels.PADDING;
                Kernels.subtractRows(history, h * stride, factors, turned, to, 0);
                for (int j = 0; j < count; j++) {
                    parts[first + j][h] = -weights[h] * (double) turned[to + j];
                }
            }
        }
        return parts;
    }
}
