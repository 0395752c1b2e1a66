package io.kontor.recommend.userknn;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.TopItems;

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
    private final int[] actors;
    // A row an actor of the circle, a column a place in the basket: the part of that place in the similarity.
    private final float[][] shares;

    Circle(PastCustomers past, int[] products, float[] counts) {
        rows = past.rows();
        float[] common = new float[rows.rows()];
        int[] touched = new int[rows.rows()];
        int count = 0;
        double square = 0;
        for (int i = 0; i < products.length; i++) {
            float weight = past.weight(products[i]) * counts[i];
            square += weight * (double) counts[i];
            SparseMatrix byProduct = past.byProduct();
            for (int p = byProduct.start(products[i]); p < byProduct.start(products[i] + 1); p++) {
                int actor = byProduct.column(p);
                if (common[actor] == 0) {
                    touched[count++] = actor;
                }
                common[actor] += weight * byProduct.value(p);
            }
        }
        double length = Math.sqrt(square);
        TopItems nearest = new TopItems(past.heard());
        for (int i = 0; i < count; i++) {
            int actor = touched[i];
            nearest.offer(actor, (float) (common[actor] / (length * past.length(actor) + past.shrinkage())));
        }
        actors = nearest.drain();
        shares = new float[actors.length][products.length];
        int[] places = places(products);
        for (int a = 0; a < actors.length; a++) {
            double norm = length * past.length(actors[a]) + past.shrinkage();
            for (int c = rows.start(actors[a]); c < rows.start(actors[a] + 1); c++) {
                int place = places[rows.column(c)] - 1;
                if (place >= 0) {
                    shares[a][place] = (float) (past.weight(products[place]) * counts[place] * rows.value(c) / norm);
                }
            }
        }
    }

    // By product one more than its place; 0 for all others.
    private int[] places(int[] products) {
        int[] places = new int[rows.columns()];
        for (int i = 0; i < products.length; i++) {
            places[products[i]] = i + 1;
        }
        return places;
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
            float similar = 0;
            for (float share : shares[a]) {
                similar += share;
            }
            for (int c = rows.start(actors[a]); c < rows.start(actors[a] + 1); c++) {
                scores[rows.column(c)] += similar * rows.value(c);
            }
        }
    }

    EvidenceRanking.Part parts(int[] best) {
        int[] ranks = places(best);
        double[][] parts = new double[best.length][actors.length == 0 ? 0 : shares[0].length];
        for (int a = 0; a < actors.length; a++) {
            for (int c = rows.start(actors[a]); c < rows.start(actors[a] + 1); c++) {
                int rank = ranks[rows.column(c)] - 1;
                for (int place = 0; rank >= 0 && place < parts[rank].length; place++) {
                    parts[rank][place] += shares[a][place] * (double) rows.value(c);
                }
            }
        }
        return (place, product) -> parts[ranks[product] - 1][place];
    }
}
