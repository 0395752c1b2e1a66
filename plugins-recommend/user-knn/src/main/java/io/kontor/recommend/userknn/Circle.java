package io.kontor.recommend.userknn;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.TopItems;
import java.util.Arrays;

/**
 * The past customers who are most like a basket b, by a cosine with shrinkage over weighted products,
 *
 * <pre>s(v) = sum over i of g(i) b(i) r(v,i) / ( |b| |v| + shrinkage ),  |x|^2 = sum over i of g(i) x(i)^2</pre>
 *
 * <p>and what they say: the score of a product t is the sum over the circle of s(v) r(v,t), of which product i of the basket has the part in
 * which it stands in s(v). For one thread.
 */
final class Circle {

    private final SparseMatrix rows;
    private final int[] products;
    // By place in the basket: how much of what a choice of that product counts.
    private final float[] weights;
    private final int[] actors;
    private final float[] norms;
    private final float[] similarities;

    Circle(PastCustomers past, int[] products, float[] counts) {
        rows = past.rows();
        this.products = products;
        weights = new float[products.length];
        double square = 0;
        for (int i = 0; i < products.length; i++) {
            weights[i] = past.weight(products[i]) * counts[i];
            square += weights[i] * (double) counts[i];
        }
        float length = (float) Math.sqrt(square);
        float shrinkage = (float) past.shrinkage();
        float[] common = new float[rows.rows()];
        int[] touched = common(past.byProduct(), common);
        TopItems nearest = new TopItems(past.heard());
        float worst = 0;
        int candidates = touched.length == 0 ? common.length : touched.length;
        for (int i = 0; i < candidates; i++) {
            int actor = touched.length == 0 ? i : touched[i];
            float norm = length * past.length(actor) + shrinkage;
            // Most are none of the nearest, and a division takes longer than a product.
            if (common[actor] >= worst * norm && common[actor] > 0) {
                nearest.offer(actor, common[actor] / norm);
                worst = nearest.size() < past.heard() ? 0 : nearest.score(0);
            }
        }
        actors = new int[nearest.size()];
        norms = new float[actors.length];
        similarities = new float[actors.length];
        for (int a = 0; a < actors.length; a++) {
            actors[a] = nearest.product(a);
            similarities[a] = nearest.score(a);
            norms[a] = length * past.length(actors[a]) + shrinkage;
        }
    }

    // Adds up what actors have in common with the basket, and says who has anything; nothing is said where that may be everybody.
    private int[] common(SparseMatrix byProduct, float[] common) {
        long reach = 0;
        for (int product : products) {
            reach += byProduct.length(product);
        }
        boolean few = reach < common.length;
        int[] touched = new int[few ? (int) reach + 1 : 0];
        int count = 0;
        for (int i = 0; i < products.length; i++) {
            float weight = weights[i];
            int end = byProduct.start(products[i] + 1);
            for (int p = byProduct.start(products[i]); p < end; p++) {
                int actor = byProduct.column(p);
                if (few) {
                    // Whether it was there already nobody can foretell; so there is no branch.
                    touched[count] = actor;
                    count += common[actor] == 0 ? 1 : 0;
                }
                common[actor] += weight * byProduct.value(p);
            }
        }
        return Arrays.copyOf(touched, count);
    }

    static Circle of(PastCustomers past, Basket basket) {
        int[] products = new int[basket.size()];
        float[] counts = new float[products.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = basket.product(i);
            counts[i] = basket.weight(i);
        }
        return new Circle(past, products, counts);
    }

    void add(float[] scores) {
        for (int a = 0; a < actors.length; a++) {
            int end = rows.start(actors[a] + 1);
            for (int c = rows.start(actors[a]); c < end; c++) {
                scores[rows.column(c)] += similarities[a] * rows.value(c);
            }
        }
    }

    // A row a product: what each place of the basket adds to its score.
    double[][] parts(int[] best) {
        int[] places = places(products);
        int[] ranks = places(best);
        double[][] parts = new double[best.length][products.length];
        float[] shares = new float[products.length];
        int[] shared = new int[products.length];
        int[] ranked = new int[best.length];
        float[] counts = new float[best.length];
        for (int a = 0; a < actors.length; a++) {
            int both = 0;
            int says = 0;
            int end = rows.start(actors[a] + 1);
            for (int c = rows.start(actors[a]); c < end; c++) {
                int product = rows.column(c);
                if (places[product] > 0) {
                    shared[both] = places[product] - 1;
                    shares[both] = weights[shared[both]] * rows.value(c) / norms[a];
                    both++;
                }
                if (ranks[product] > 0) {
                    counts[says] = rows.value(c);
                    ranked[says++] = ranks[product] - 1;
                }
            }
            for (int i = 0; i < says; i++) {
                double[] of = parts[ranked[i]];
                for (int j = 0; j < both; j++) {
                    of[shared[j]] += shares[j] * (double) counts[i];
                }
            }
        }
        return parts;
    }

    // By product one more than its place; 0 for all others.
    private int[] places(int[] places) {
        int[] of = new int[rows.columns()];
        for (int i = 0; i < places.length; i++) {
            of[places[i]] = i + 1;
        }
        return of;
    }
}
