package io.kontor.recommend.als;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How strongly factors are held back: the loss of customers u and products i with factors x and y is
 *
 * <pre>sum over choices of c(u,i) (1 - x(u) y(i))^2 + unobserved * sum over all pairs of (x(u) y(i))^2
 *     + regularisation * ( sum over u of (c(u) + unobserved * products) |x(u)|^2
 *         + sum over i of (c(i) + unobserved * customers) |y(i)|^2 )</pre>
 *
 * <p>with c(u) and c(i) the sums of weights of a customer's and a product's choices (Rendle, Krichene, Zhang and Koren 2022, "Revisiting the
 * performance of iALS on item recommendation benchmarks", with the exponent 1).
 *
 * @param regularisation above 0
 * @param unobserved weight of pairs that nobody chose, above 0; a chosen one has up to 1
 */
record Strengths(double regularisation, double unobserved) {

    Strengths {
        if (!(regularisation > 0) || !(unobserved > 0) || Double.isInfinite(regularisation + unobserved)) {
            throw new IllegalArgumentException("regularisation " + regularisation + ", unobserved weight " + unobserved);
        }
    }

    /** How strongly one vector is held back. */
    float of(double weights, int others) {
        return (float) (regularisation * (weights + unobserved * others));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(regularisation);
        out.writeDouble(unobserved);
    }

    static Strengths read(DataInputStream in) throws IOException {
        try {
            return new Strengths(in.readDouble(), in.readDouble());
        } catch (IllegalArgumentException e) {
            throw new IOException("the model is damaged: " + e.getMessage(), e);
        }
    }
}
