package io.kontor.recommend.als;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.PackedRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Learns the factors of products by turns with those of customers (Hu, Koren and Volinsky 2008, "Collaborative filtering for implicit feedback
 * datasets"). One iteration takes about (16 choices + 8 (customers + products) factors) factors multiplications and additions; memory is that of
 * the choices, three times at first and then twice, and four bytes a factor of each customer and product.
 *
 * <p>Where there are many, it is not the arithmetic that takes the time but fetching vectors from memory. So customers stand in the order of
 * the most chosen of their products, and products where the middle one of their customers stands: those after each other need mostly the same
 * vectors of the other side.
 */
final class Factorisation {

    private static final int ROWS_OF_A_PART = 512;
    private static final double FIRST_DEVIATION = 0.1;

    private final SparseMatrix byActor;
    private final SparseMatrix byProduct;
    private final int[] products;
    private final int factors;
    private final int stride;
    private final Evenness evenness;
    private final JobContext job;

    /**
     * For one training.
     *
     * @param byActor a row an actor, a column a product
     * @param evenness how much each choice counts
     * @param factors how many
     * @param job allows threads, hears how far it is
     */
    Factorisation(SparseMatrix byActor, Evenness evenness, int factors, JobContext job) {
        SparseMatrix near = evenness.weighted(byActor).rows(byMostChosen(byActor)).transposed();
        this.products = byMiddle(near);
        this.byProduct = near.rows(products);
        this.byActor = byProduct.transposed();
        this.factors = factors;
        this.stride = stride(factors);
        this.evenness = evenness;
        this.job = job;
    }

    private static int[] byMostChosen(SparseMatrix byActor) {
        int[] chosen = new int[byActor.columns()];
        for (int place = 0; place < byActor.size(); place++) {
            chosen[byActor.column(place)]++;
        }
        int[] ranks = new int[chosen.length];
        int[] products = order(chosen.length, product -> -chosen[product]);
        for (int rank = 0; rank < products.length; rank++) {
            ranks[products[rank]] = rank;
        }
        return order(byActor.rows(), actor -> {
            int best = Integer.MAX_VALUE;
            for (int place = byActor.start(actor); place < byActor.start(actor + 1); place++) {
                best = Math.min(best, ranks[byActor.column(place)]);
            }
            return best;
        });
    }

    private static int[] byMiddle(SparseMatrix rows) {
        return order(rows.rows(), row -> rows.length(row) == 0 ? Integer.MAX_VALUE : rows.column(rows.start(row) + rows.length(row) / 2));
    }

    private static int[] order(int size, IntUnaryOperator key) {
        long[] keyed = new long[size];
        for (int i = 0; i < size; i++) {
            keyed[i] = (long) key.applyAsInt(i) << Integer.SIZE | i;
        }
        Arrays.sort(keyed);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = (int) keyed[i];
        }
        return order;
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
     * @return the products' vectors along their principal axes, each of {@link #stride} elements
     */
    float[] run(Strengths strengths, int iterations, long seed, Progress progress) {
        Random random = new Random(seed);
        float[] learned = new float[Math.multiplyExact(products.length, stride)];
        double deviation = FIRST_DEVIATION / Math.sqrt(factors);
        for (int product = 0; product < products.length; product++) {
            for (int k = 0; k < factors; k++) {
                learned[product * stride + k] = (float) (deviation * random.nextGaussian());
            }
        }
        float[] vectors = new float[learned.length];
        for (int i = 0; i < products.length; i++) {
            System.arraycopy(learned, products[i] * stride, vectors, i * stride, stride);
        }
        float[] actors = new float[Math.multiplyExact(byActor.rows(), stride)];
        for (int iteration = 0; iteration < iterations; iteration++) {
            improve(byActor, actors, vectors, strengths);
            improve(byProduct, vectors, actors, strengths);
            progress.done((iteration + 1.0) / iterations);
        }
        turn(vectors, products.length, Axes.of(Kernels.gram(vectors, products.length, stride, job), factors, stride));
        for (int i = 0; i < products.length; i++) {
            System.arraycopy(vectors, i * stride, learned, products[i] * stride, stride);
        }
        return learned;
    }

    private void improve(SparseMatrix choices, float[] vectors, float[] others, Strengths strengths) {
        float[] axes = Axes.of(Kernels.gram(others, choices.columns(), stride, job), factors, stride);
        turn(vectors, choices.rows(), axes);
        turn(others, choices.columns(), axes);
        float[] energies = energies(others, choices.columns(), strengths);
        List<Supplier<Void>> parts = new ArrayList<>();
        for (int first = 0; first < choices.rows(); first += ROWS_OF_A_PART) {
            int from = first;
            parts.add(() -> {
                RowSolver solver = new RowSolver(choices, others, energies, stride, strengths);
                for (int row = from; row < Math.min(from + ROWS_OF_A_PART, choices.rows()); row++) {
                    solver.improve(row, vectors);
                }
                return null;
            });
        }
        job.all(parts);
    }

    // Scores stay what they are when the vectors of both sides are turned to the same axes.
    private void turn(float[] vectors, int rows, float[] axes) {
        List<Supplier<Void>> parts = new ArrayList<>();
        for (int first = 0; first < rows; first += ROWS_OF_A_PART) {
            int from = first;
            int count = Math.min(ROWS_OF_A_PART, rows - first);
            parts.add(() -> {
                float[] part = Arrays.copyOfRange(vectors, from * stride, (from + count) * stride);
                float[] turned = new float[part.length];
                Kernels.product(part, count, axes, stride, stride, turned, JobContext.unwatched());
                System.arraycopy(turned, 0, vectors, from * stride, turned.length);
                return null;
            });
        }
        job.all(parts);
    }

    private float[] energies(float[] vectors, int rows, Strengths strengths) {
        double[] sums = new double[stride];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < factors; k++) {
                float one = vectors[row * stride + k];
                sums[k] += one * one;
            }
        }
        float[] energies = new float[stride];
        for (int k = 0; k < factors; k++) {
            energies[k] = (float) (strengths.unobserved() * sums[k]);
        }
        return energies;
    }

    /**
     * Judges what was learned. Vectors of actors are found by the steps that training takes, twice as many, as they begin from nothing.
     *
     * @param holdout what is hidden of the actors
     * @param learned the products' vectors along their principal axes
     * @param strengths as in training
     * @return how well hidden products are found again
     */
    double quality(ChoiceHoldout holdout, float[] learned, Strengths strengths) {
        PackedRows rows = new PackedRows(learned, products.length, stride);
        float[] energies = energies(learned, products.length, strengths);
        return holdout.ndcgInBatches((chosen, scores) -> {
            float[] vectors = new float[chosen.rows() * stride];
            RowSolver solver = new RowSolver(evenness.weighted(chosen), learned, energies, stride, strengths);
            for (int row = 0; row < chosen.rows(); row++) {
                solver.improve(row, vectors);
                solver.improve(row, vectors);
            }
            rows.times(vectors, 0, chosen.rows(), scores, 0);
        }, job);
    }
}
