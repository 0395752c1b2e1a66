package io.kontor.recommend.bpr;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.LikelyRanking;
import io.kontor.bundles.kernels.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The factors of somebody who chose the products of a basket, by the steps of training with the products' factors as they are: the mean over the
 * second half of the steps, which depends less on what was drawn. Products to compare with are drawn in the same order for every answer. The
 * factors are kept as the sum of what each product of the basket adds, so that a score can be told apart. For one answer and one thread.
 */
final class FoldIn implements LikelyRanking.Parts {

    private static final int ROUNDS = 40;
    private static final int MOST_STEPS = 1_500;

    private final BprModel model;
    private final int factors;
    private final float[] vector;
    private final float[] now;
    private final float[] added;
    private final Rivals rivals;

    FoldIn(BprModel model, Basket basket) {
        this(model, products(basket), weights(basket));
    }

    /**
     * Finds the factors.
     *
     * @param model the products' factors
     * @param chosen the products, each once, at least one
     * @param weights how much each counts; above 1 as 1
     */
    FoldIn(BprModel model, int[] chosen, float[] weights) {
        this.model = model;
        factors = model.factors();
        vector = new float[factors + 1];
        vector[factors] = 1;
        now = vector.clone();
        added = new float[chosen.length * factors];
        int products = model.items().size();
        rivals = new Rivals(products, model.pace().drawn(), new SplittableRandom(products));
        rivals.next(chosen);
        learn(chosen, weights);
    }

    private static int[] products(Basket basket) {
        int[] products = new int[basket.size()];
        Arrays.setAll(products, basket::product);
        return products;
    }

    private static float[] weights(Basket basket) {
        float[] weights = new float[basket.size()];
        for (int place = 0; place < weights.length; place++) {
            weights[place] = basket.weight(place);
        }
        return weights;
    }

    // What a step adds is held back a little by each later one, so that what remains of it in the mean is known when it is added.
    private void learn(int[] chosen, float[] weights) {
        double rate = model.pace().rate();
        double kept = 1 - rate * model.pace().regularisation();
        int steps = chosen.length * Math.max(2, Math.min(ROUNDS, MOST_STEPS / chosen.length));
        int half = steps / 2;
        float[] gap = new float[factors + 1];
        for (int step = 0; step < steps; step++) {
            int place = step % chosen.length;
            if (step % Rivals.CHOICES == 0) {
                rivals.draw(product -> model.score(now, product));
            }
            for (int k = 0; k < factors; k++) {
                now[k] *= (float) kept;
            }
            if (rivals.size() > 0) {
                model.gap(chosen[place], rivals.product(rivals.best()), gap);
                double pull = rate * Math.min(1, weights[place]) / (1 + Math.exp(Kernels.dot(now, 0, gap, 0, factors + 1)));
                Kernels.axpy((float) pull, gap, 0, now, 0, factors);
                double remains = sum(kept, Math.max(0, half - step), steps - step) / (steps - half);
                Kernels.axpy((float) (pull * remains), gap, 0, added, place * factors, factors);
            }
        }
        for (int place = 0; place < chosen.length; place++) {
            Kernels.axpy(1, added, place * factors, vector, 0, factors);
        }
    }

    // Of base^t for t from the first to before the last.
    private static double sum(double base, int first, int last) {
        return base == 1 ? last - first : (Math.pow(base, first) - Math.pow(base, last)) / (1 - base);
    }

    /** The customer's factors, and 1 for the products' biases. */
    float[] vector() {
        return vector;
    }

    @Override
    public void of(int product, double[] parts) {
        for (int place = 0; place < parts.length; place++) {
            parts[place] = model.score(added, place * factors, product);
        }
    }
}
