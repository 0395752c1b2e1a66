package io.kontor.recommend.als;

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
        float[] matrix = model.gram();
        double sum = 0;
        for (int h = 0; h < products.length; h++) {
            int at = h * stride;
            model.vectors().copy(products[h], history, at);
            Kernels.axpy(weights[h], history, at, vector, 0, stride);
            sum += weights[h];
            for (int i = 0; i < model.factors(); i++) {
                int from = i - i % Kernels.PADDING;
                Kernels.axpy(weights[h] * history[at + i], history, at + from, matrix, i * stride + from, stride - from);
            }
        }
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

    /** What each product of the history adds to the score of a product. */
    double[] parts(int product) {
        float[] turned = new float[stride];
        model.vectors().copy(product, turned, 0);
        system.solve(turned, 0);
        double[] parts = new double[weights.length];
        for (int h = 0; h < parts.length; h++) {
            parts[h] = weights[h] * (double) Kernels.dot(history, h * stride, turned, 0, stride);
        }
        return parts;
    }
}
