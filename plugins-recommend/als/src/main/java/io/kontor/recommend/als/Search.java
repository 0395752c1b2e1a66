package io.kontor.recommend.als;

import io.kontor.api.choice.TopItems;
import io.kontor.bundles.kernels.Kernels;
import java.util.function.IntPredicate;

/**
 * Finds the products with the highest scores for a vector among all. Exact: it leaves out only products whose vectors are too short to reach
 * the worst of the best found so far.
 */
final class Search {

    private static final float ROUNDING = 1.0001f;

    private Search() {
    }

    /**
     * Searches.
     *
     * @param model the products' vectors
     * @param vector the customer's vector
     * @param most how many are wanted
     * @param eligible which products may be found; asked only of those that would be among the best
     * @return indices of products with a score above 0, the best first
     */
    static int[] best(ItemFactors model, float[] vector, int most, IntPredicate eligible) {
        TopItems best = new TopItems(Math.min(most, model.items().size()));
        int width = model.vectors().width();
        float[] scores = new float[width];
        float length = ROUNDING * (float) Math.sqrt(Kernels.dot(vector, 0, vector, 0, vector.length));
        float limit = 0;
        for (int strip = 0; strip < model.strips() && length * model.longest(strip) > limit; strip++) {
            model.vectors().scores(strip, vector, scores, 0);
            int first = strip * width;
            int count = Math.min(width, model.items().size() - first);
            boolean changed = false;
            for (int j = 0; j < count; j++) {
                if (scores[j] > limit && best.takes(first + j, scores[j]) && eligible.test(first + j)) {
                    best.offer(first + j, scores[j]);
                    changed = true;
                }
            }
            if (changed && best.size() == most) {
                limit = worst(best);
            }
        }
        return best.drain();
    }

    private static float worst(TopItems best) {
        float worst = Float.POSITIVE_INFINITY;
        for (int i = 0; i < best.size(); i++) {
            worst = Math.min(worst, best.score(i));
        }
        return worst;
    }

    /** The scores of all products. */
    static void all(ItemFactors model, float[] vector, float[] scores) {
        int width = model.vectors().width();
        float[] strip = new float[width];
        for (int i = 0; i < model.strips(); i++) {
            model.vectors().scores(i, vector, strip, 0);
            System.arraycopy(strip, 0, scores, i * width, Math.min(width, scores.length - i * width));
        }
    }
}
