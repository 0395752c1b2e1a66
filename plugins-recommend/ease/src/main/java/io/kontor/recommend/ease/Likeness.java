package io.kontor.recommend.ease;

import io.kontor.api.choice.Items;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.content.Terms;
import io.kontor.api.content.Vocabulary;
import io.kontor.api.content.Words;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.util.Arrays;
import java.util.List;

/** How alike products are by what is said of them: the cosine of their weighed words. Immutable. */
final class Likeness {

    private final SparseMatrix said;
    private final SparseMatrix byTerm;

    // A row a product, each of length 1 or empty.
    private Likeness(SparseMatrix said) {
        this.said = said;
        this.byTerm = said.transposed();
    }

    /** Of products of whom nothing is said. */
    static Likeness none(int products) {
        return new Likeness(new SparseMatrix(0, new int[products + 1], new int[0], new float[0]));
    }

    /**
     * Reads the catalogue.
     *
     * @param data the records
     * @param items the products
     * @param job may cancel
     * @return how alike they are; that of products which the catalogue does not have is 0
     */
    static Likeness read(Snapshot data, Items items, JobContext job) {
        Terms[] terms = new Terms[items.size()];
        Arrays.fill(terms, Terms.NONE);
        data.read(Entity.PRODUCTS, batch -> {
            job.checkCancelled();
            String[] ids = batch.texts("id");
            Words.each(batch, (words, row) -> {
                int product = items.indexOf(ids[row]);
                if (product >= 0) {
                    terms[product] = words.terms();
                }
            });
        });
        Vocabulary vocabulary = Vocabulary.of(List.of(terms));
        return new Likeness(Terms.matrix(Arrays.stream(terms).map(vocabulary::weighed).toList(), Words.BUCKETS));
    }

    /** Whether nothing is said of any product. */
    boolean silent() {
        return said.size() == 0;
    }

    /** That of some of the products, in their order. */
    Likeness of(int[] products) {
        return new Likeness(said.rows(products));
    }

    /** Adds to each of all products how alike one is to it, times a weight; to itself the weight. */
    void add(int product, double weight, double[] sums) {
        for (int p = said.start(product); p < said.start(product + 1); p++) {
            int term = said.column(p);
            double share = weight * said.value(p);
            for (int other = byTerm.start(term); other < byTerm.start(term + 1); other++) {
                sums[byTerm.column(other)] += share * byTerm.value(other);
            }
        }
    }
}
