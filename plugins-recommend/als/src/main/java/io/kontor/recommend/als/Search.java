package io.kontor.recommend.als;

import io.kontor.api.choice.TopItems;
import io.kontor.bundles.kernels.Kernels;
import java.util.function.IntPredicate;

/**
 * Finds the products with the highest scores for a vector. It leaves out products whose vectors are too short to reach the worst of the best
 * found so far, which makes no difference, and, in a model with clusters, those of the clusters that lie farthest from where the vector points,
 * which may. For one answer and one thread.
 */
final class Search {

    private static final float ROUNDING = 1.0001f;
    /** Share of the clusters that are gone through. */
    private static final double LOOKED_AT = 0.06;

    private final ItemFactors model;
    private final float[] vector;
    private final int most;
    private final IntPredicate eligible;
    private final TopItems best;
    private final float[] scores;
    private final float length;
    private float limit;

    private Search(ItemFactors model, float[] vector, int most, IntPredicate eligible) {
        this.model = model;
        this.vector = vector;
        this.most = Math.min(most, model.items().size());
        this.eligible = eligible;
        best = new TopItems(this.most);
        scores = new float[model.vectors().width()];
        length = ROUNDING * (float) Math.sqrt(Kernels.dot(vector, 0, vector, 0, vector.length));
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
        Search search = new Search(model, vector, most, eligible);
        Clusters clusters = model.clusters().orElse(null);
        if (clusters == null) {
            search.strips(0, model.items().size());
        } else {
            search.nearest(clusters);
        }
        return search.best.drain();
    }

    /** Goes through the clusters to which the vector points most, and on until there are as many products as wanted. */
    private void nearest(Clusters clusters) {
        float[] near = clusters.near(vector);
        int looked = 0;
        TopItems order = new TopItems(near.length);
        for (int cluster = 0; cluster < near.length; cluster++) {
            order.offer(cluster, near[cluster]);
        }
        for (int cluster : order.drain()) {
            if (looked++ >= near.length * LOOKED_AT && best.size() == most) {
                return;
            }
            strips(clusters.begin(cluster), clusters.begin(cluster + 1));
        }
    }

    private void strips(int begin, int end) {
        int width = model.vectors().width();
        for (int strip = begin / width; strip * width < end && length * model.longest(strip) > limit; strip++) {
            model.vectors().scores(strip, vector, scores, 0);
            int first = strip * width;
            boolean changed = false;
            for (int item = Math.max(begin, first); item < Math.min(end, first + width); item++) {
                float score = scores[item - first];
                if (score > limit && best.takes(item, score) && eligible.test(item)) {
                    best.offer(item, score);
                    changed = true;
                }
            }
            if (changed && best.size() == most) {
                limit = worst(best);
            }
        }
    }

    private static float worst(TopItems best) {
        float worst = Float.POSITIVE_INFINITY;
        for (int i = 0; i < best.size(); i++) {
            worst = Math.min(worst, best.score(i));
        }
        return worst;
    }
}
