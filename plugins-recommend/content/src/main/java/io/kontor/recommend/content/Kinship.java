package io.kontor.recommend.content;

import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.TopItems;
import io.kontor.api.content.Terms;
import io.kontor.api.content.Words;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the products that are most like another among those that were chosen most often before: what was hardly ever chosen has little to lend,
 * and a large catalogue is not compared with itself. Immutable; safe for use by many threads.
 */
final class Kinship {

    /** Among so many products others look for their like. */
    static final int MOST_LENDERS = 20_000;

    private static final int MOST = 10;
    // Holds back products that hardly resemble anything.
    private static final double SHRINKAGE = 0.1;

    private final int[] lenders;
    private final SparseMatrix byTerm;
    private final Space meanings;
    private final Space looks;
    private final double look;

    /**
     * Among some products.
     *
     * @param said a row a product, a column a bucket
     * @param meanings where the products are by what is said of them
     * @param looks where they are by what they look like
     * @param look what looking alike counts
     * @param popularity one a product that was chosen; they come first
     */
    Kinship(SparseMatrix said, Space meanings, Space looks, double look, float[] popularity) {
        this.lenders = TopItems.of(popularity, MOST_LENDERS);
        Arrays.sort(lenders);
        this.byTerm = Terms.matrix(IntStream.of(lenders).mapToObj(product -> Rows.row(said, product)).toList(), Words.BUCKETS).transposed();
        this.meanings = meanings.only(lenders);
        this.looks = looks.only(lenders);
        this.look = look;
    }

    private Kinship(Kinship other, double look) {
        this.lenders = other.lenders;
        this.byTerm = other.byTerm;
        this.meanings = other.meanings;
        this.looks = other.looks;
        this.look = look;
    }

    Kinship withLook(double other) {
        return new Kinship(this, other);
    }

    /** With how many products one is compared. */
    int size() {
        return lenders.length;
    }

    /**
     * Adds how alike some products are to a text, as far as there is room for them.
     *
     * @param byTerm a row a bucket, a column a product; columns rise within a row
     * @param terms the text
     * @param weight how much it counts
     * @param alike gets the sums
     * @param offset where the first product is
     */
    static void add(SparseMatrix byTerm, Terms terms, float weight, float[] alike, int offset) {
        for (int i = 0; i < terms.size(); i++) {
            float share = weight * terms.weights()[i];
            int bucket = terms.buckets()[i];
            int end = byTerm.start(bucket + 1);
            for (int at = byTerm.start(bucket); at < end && offset + byTerm.column(at) < alike.length; at++) {
                alike[offset + byTerm.column(at)] += share * byTerm.value(at);
            }
        }
    }

    /**
     * The nearest of a product.
     *
     * @param terms what is said of it
     * @param place where it is by that
     * @param seen where it is by its looks
     * @return products that were chosen, in order of index, with weights that add up to less than 1, the less the less alike they are
     */
    Terms nearest(Terms terms, float[] place, float[] seen) {
        float[] alike = said(terms, place);
        if (look > 0) {
            float[] shown = shown(seen);
            for (int lender = 0; lender < alike.length; lender++) {
                alike[lender] += (float) (look * shown[lender]);
            }
        }
        return nearest(alike, -1);
    }

    /** How alike each of those it is compared with is to a product by what is said of it. */
    float[] said(Terms terms, float[] place) {
        float[] alike = new float[lenders.length];
        meanings.add(place, 1, alike);
        positive(alike);
        add(byTerm, terms, 1, alike, 0);
        return alike;
    }

    /** How alike each of those it is compared with looks to a product. */
    float[] shown(float[] seen) {
        float[] alike = new float[lenders.length];
        looks.add(seen, 1, alike);
        positive(alike);
        return alike;
    }

    private static void positive(float[] alike) {
        for (int lender = 0; lender < alike.length; lender++) {
            alike[lender] = Math.max(0, alike[lender]);
        }
    }

    /**
     * The nearest.
     *
     * @param alike how alike each of those is that it is compared with
     * @param except one that is not to be among them; -1 for none
     * @return see {@link #nearest(Terms, float[], float[])}
     */
    Terms nearest(float[] alike, int except) {
        TopItems top = new TopItems(MOST);
        double sum = SHRINKAGE;
        for (int lender = 0; lender < alike.length; lender++) {
            if (alike[lender] > 0 && lenders[lender] != except) {
                top.offer(lender, alike[lender]);
            }
        }
        int[] best = top.drain();
        for (int lender : best) {
            sum += (double) alike[lender] * alike[lender];
        }
        Arrays.sort(best);
        float[] weights = new float[best.length];
        for (int i = 0; i < best.length; i++) {
            weights[i] = (float) (alike[best[i]] * alike[best[i]] / sum);
            best[i] = lenders[best[i]];
        }
        return new Terms(best, weights);
    }
}
