package io.kontor.api.choice;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Compares all products two by two through the actors who chose both. With r the weight of a choice and w(u) the say of actor u, the two have
 * <pre>together(s,t) = sum over u of w(u) r(u,s) r(u,t)</pre>
 * of which a method makes its similarity. The best neighbours are kept for each target t, not for each source s: a popular source would
 * otherwise spend its list on popular targets, and rare targets be in none.
 *
 * <p>Cost: for each product the choices of its actors; memory: the matrix twice and the kept pairs twice.
 */
public final class ProductPairs {

    private static final int TARGETS_OF_A_PART = 256;

    private final Choices choices;
    private final SparseMatrix matrix;
    private final SparseMatrix byProduct;
    private final float[] say;

    /** What a method makes of what two products have together. Called by several threads at once. */
    @FunctionalInterface
    public interface Similarity {

        /**
         * How much a source speaks for a target.
         *
         * @param source the index of the one
         * @param target the index of the other
         * @param together above 0
         * @return the higher the better; pairs with 0 or less are left out
         */
        double of(int source, int target, double together);
    }

    /**
     * For some choices.
     *
     * @param choices who chose what
     * @param say one an actor, 0 or more; kept, not copied
     */
    public ProductPairs(Choices choices, float[] say) {
        this.choices = choices;
        this.matrix = choices.matrix();
        this.byProduct = matrix.transposed();
        this.say = say;
    }

    /**
     * Finds the neighbours of all products.
     *
     * @param most how many sources are kept for each target
     * @param similarity the method
     * @param job hears how far it is from 0 to 1, may cancel, and allows threads, whose number changes nothing
     * @return the model
     * @throws KontorException of kind DATA when no two products were chosen together
     */
    public Neighbours nearest(int most, Similarity similarity, JobContext job) {
        List<Supplier<KeptPairs>> parts = new ArrayList<>();
        int products = matrix.columns();
        for (int first = 0; first < products; first += TARGETS_OF_A_PART) {
            int from = first;
            int until = Math.min(products, first + TARGETS_OF_A_PART);
            parts.add(() -> {
                KeptPairs kept = kept(from, until, most, similarity);
                job.progress(until / (double) products, "Comparing products");
                return kept;
            });
        }
        PairLists lists = KeptPairs.bySource(job.all(parts), products);
        if (lists.pairs() == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "No two products were chosen by the same customer or in the same session; more orders or events are needed.");
        }
        return new Neighbours(choices.items(), choices.counting(), lists);
    }

    private KeptPairs kept(int from, int until, int most, Similarity similarity) {
        double[] together = new double[matrix.columns()];
        int[] touched = new int[matrix.columns()];
        TopItems nearest = new TopItems(most);
        KeptPairs pairs = new KeptPairs();
        for (int target = from; target < until; target++) {
            int count = count(target, together, touched);
            for (int i = 0; i < count; i++) {
                int source = touched[i];
                float similar = source == target ? 0 : (float) similarity.of(source, target, together[source]);
                if (similar > 0) {
                    nearest.offer(source, similar);
                }
                together[source] = 0;
            }
            for (int i = 0; i < nearest.size(); i++) {
                pairs.add(nearest.product(i), target, nearest.score(i));
            }
            nearest.clear();
        }
        return pairs;
    }

    private int count(int target, double[] together, int[] touched) {
        int count = 0;
        for (int p = byProduct.start(target); p < byProduct.start(target + 1); p++) {
            int actor = byProduct.column(p);
            float share = say[actor] * byProduct.value(p);
            for (int c = matrix.start(actor); share > 0 && c < matrix.start(actor + 1); c++) {
                int source = matrix.column(c);
                if (together[source] == 0) {
                    touched[count++] = source;
                }
                together[source] += share * matrix.value(c);
            }
        }
        return count;
    }
}
