package io.kontor.recommend.als;

import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Learns the factors of products by turns with those of customers (Hu, Koren and Volinsky 2008, "Collaborative filtering for implicit feedback
 * datasets"). One iteration takes about (16 choices + 8 (customers + products) factors) factors multiplications and additions; memory is that of
 * the choices, twice, and four bytes a factor of each customer and product.
 */
final class Factorisation {

    private static final int ROWS_OF_A_PART = 512;
    private static final double FIRST_DEVIATION = 0.1;

    private final SparseMatrix byActor;
    private final SparseMatrix byProduct;
    private final int factors;
    private final int stride;
    private final JobContext job;

    /**
     * For one training.
     *
     * @param byActor a row an actor, a column a product
     * @param factors how many
     * @param job allows threads, hears how far it is
     */
    Factorisation(SparseMatrix byActor, int factors, JobContext job) {
        this.byActor = byActor;
        this.byProduct = byActor.transposed();
        this.factors = factors;
        this.stride = stride(factors);
        this.job = job;
    }

    /** Length of a vector with its padding. */
    static int stride(int factors) {
        return (factors + Kernels.PADDING - 1) / Kernels.PADDING * Kernels.PADDING;
    }

    /** Told after each iteration. */
    @FunctionalInterface
    interface Progress {

        /** What part of all iterations is done. */
        void done(double fraction);
    }

    /**
     * Learns from the beginning.
     *
     * @param strengths how strongly factors are held back
     * @param iterations of both sides
     * @param seed of the first factors of products
     * @param progress hears what is done
     * @return the products' vectors, each of {@link #stride} elements
     */
    float[] run(Strengths strengths, int iterations, long seed, Progress progress) {
        Random random = new Random(seed);
        float[] products = new float[Math.multiplyExact(byProduct.rows(), stride)];
        double deviation = FIRST_DEVIATION / Math.sqrt(factors);
        for (int product = 0; product < byProduct.rows(); product++) {
            for (int k = 0; k < factors; k++) {
                products[product * stride + k] = (float) (deviation * random.nextGaussian());
            }
        }
        float[] actors = new float[Math.multiplyExact(byActor.rows(), stride)];
        for (int iteration = 0; iteration < iterations; iteration++) {
            improve(byActor, actors, products, strengths);
            improve(byProduct, products, actors, strengths);
            progress.done((iteration + 1.0) / iterations);
        }
        return products;
    }

    private void improve(SparseMatrix choices, float[] vectors, float[] others, Strengths strengths) {
        float[] gram = Kernels.gram(others, choices.columns(), stride, job);
        for (int i = 0; i < gram.length; i++) {
            gram[i] *= (float) strengths.unobserved();
        }
        List<Supplier<Void>> parts = new ArrayList<>();
        for (int first = 0; first < choices.rows(); first += ROWS_OF_A_PART) {
            int from = first;
            parts.add(() -> {
                RowSolver solver = new RowSolver(choices, others, gram, factors, stride, strengths);
                for (int row = from; row < Math.min(from + ROWS_OF_A_PART, choices.rows()); row++) {
                    solver.improve(row, vectors);
                }
                return null;
            });
        }
        job.all(parts);
    }
}
