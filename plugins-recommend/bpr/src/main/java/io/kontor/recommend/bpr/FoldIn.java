package io.kontor.recommend.bpr;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.EvidenceRanking;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The factors of somebody who chose the products of a basket, by the steps of training with the products' factors as they are. Products to
 * compare with are drawn in the same order for every answer. The factors are kept as the sum of what each product of the basket adds, so that
 * a score can be told apart. For one answer and one thread.
 */
final class FoldIn implements EvidenceRanking.Part {

    private static final int ROUNDS = 20;
    private static final int MOST_STEPS = 2_000;

    private final BprModel model;
    private final int factors;
    private final float[] vector;
    private final float[] parts;

    FoldIn(BprModel model, Basket basket) {
        this.model = model;
        factors = model.factors();
        vector = new float[factors + 1];
        vector[factors] = 1;
        parts = new float[basket.size() * factors];
        int[] known = new int[basket.size()];
        for (int place = 0; place < known.length; place++) {
            known[place] = basket.product(place);
        }
        Arrays.sort(known);
        SplittableRandom random = new SplittableRandom(model.items().size());
        int rounds = Math.max(1, Math.min(ROUNDS, MOST_STEPS / known.length));
        for (int round = 0; round < rounds; round++) {
            for (int place = 0; place < known.length; place++) {
                int other = random.nextInt(model.items().size());
                if (Arrays.binarySearch(known, other) < 0) {
                    step(place, basket.product(place), other, Math.min(1, basket.weight(place)));
                }
            }
        }
    }

    private void step(int place, int better, int worse, float weight) {
        float difference = model.value(better, factors) - model.value(worse, factors);
        for (int k = 0; k < factors; k++) {
            difference += vector[k] * (model.value(better, k) - model.value(worse, k));
        }
        float rate = model.pace().rate();
        float pull = rate * weight * (float) (1 / (1 + Math.exp(difference)));
        float kept = 1 - rate * model.pace().regularisation();
        for (int i = 0; i < parts.length; i++) {
            parts[i] *= kept;
        }
        for (int k = 0; k < factors; k++) {
            float added = pull * (model.value(better, k) - model.value(worse, k));
            vector[k] = vector[k] * kept + added;
            parts[place * factors + k] += added;
        }
    }

    /** The customer's factors, and 1 for the products' biases. */
    float[] vector() {
        return vector;
    }

    @Override
    public double of(int place, int product) {
        double sum = 0;
        for (int k = 0; k < factors; k++) {
            sum += parts[place * factors + k] * model.value(product, k);
        }
        return sum;
    }
}
