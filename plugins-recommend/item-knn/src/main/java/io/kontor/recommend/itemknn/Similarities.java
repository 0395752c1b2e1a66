package io.kontor.recommend.itemknn;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.PlainLists;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.TopItems;
import io.kontor.api.job.JobContext;
import java.util.Arrays;

/**
 * Learns which products go together: an asymmetric cosine with shrinkage and locality (Aiolli 2013, "Efficient top-N recommendation for very
 * large scale binary rated datasets") over choices in which every actor has the same say. With r the weight of a choice, w(u) = 1 / sum of
 * actor u's weights, n(i) = sum over u of w(u) r(u,i)^2:
 *
 * <pre>s(h to t) = ( sum over u of w(u) r(u,h) r(u,t)  /  ( n(h)^0.65 n(t)^0.35 + shrinkage * m ) ) ^ 1.25</pre>
 *
 * <p>with m the mean of w(u) r(u,i)^2 over all choices, so that shrinkage counts customers and means the same in shops where people choose
 * three products and in those where they choose three hundred.
 *
 * <p>The best neighbours are kept for each target t, not for each h: a popular h would otherwise spend its list on popular targets, and rare
 * targets be in none. Exponents and defaults were chosen on held-out purchases of a gift shop, ratings of films and cosmetics, and views in a
 * web shop. Cost: for each product the choices of its actors; memory: the matrix twice and the kept neighbours.
 */
final class Similarities {

    private static final double SOURCE_EXPONENT = 0.65;
    private static final double LOCALITY = 1.25;

    private final Choices choices;
    private final SparseMatrix matrix;
    private final int most;
    private final double shrinkage;
    private final int products;
    private final float[] say;
    private final double[] sourceNorm;
    private final double[] targetNorm;

    /**
     * Made for one training.
     *
     * @param choices who chose what
     * @param most how many neighbours are kept for each product
     * @param shrinkage added to the denominator, in customers
     */
    Similarities(Choices choices, int most, double shrinkage) {
        this.choices = choices;
        this.most = most;
        this.matrix = choices.matrix();
        this.products = matrix.columns();
        this.say = new float[choices.actors()];
        double[] norms = new double[products];
        for (int actor = 0; actor < say.length; actor++) {
            double sum = 0;
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                sum += matrix.value(c);
            }
            say[actor] = sum == 0 ? 0 : (float) (1 / sum);
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                norms[matrix.column(c)] += (double) say[actor] * matrix.value(c) * matrix.value(c);
            }
        }
        this.shrinkage = shrinkage * Arrays.stream(norms).sum() / choices.size();
        sourceNorm = Arrays.stream(norms).map(norm -> Math.pow(norm, SOURCE_EXPONENT)).toArray();
        targetNorm = Arrays.stream(norms).map(norm -> Math.pow(norm, 1 - SOURCE_EXPONENT)).toArray();
    }

    /**
     * Finds the neighbours of all products.
     *
     * @param job hears how far it is
     * @return the model
     * @throws KontorException of kind DATA when no two products were chosen together
     */
    Neighbours learn(JobContext job) {
        SparseMatrix byProduct = matrix.transposed();
        double[] together = new double[products];
        int[] touched = new int[products];
        TopItems nearest = new TopItems(most);
        Pairs pairs = new Pairs();
        for (int target = 0; target < products; target++) {
            if ((target & 0xff) == 0) {
                job.checkCancelled();
                job.progress(0.3 + 0.65 * target / products, "Comparing products");
            }
            int count = 0;
            for (int p = byProduct.start(target); p < byProduct.start(target + 1); p++) {
                int actor = byProduct.column(p);
                float share = say[actor] * byProduct.value(p);
                for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                    int source = matrix.column(c);
                    if (together[source] == 0) {
                        touched[count++] = source;
                    }
                    together[source] += share * matrix.value(c);
                }
            }
            for (int i = 0; i < count; i++) {
                int source = touched[i];
                if (source != target) {
                    double cosine = together[source] / (sourceNorm[source] * targetNorm[target] + shrinkage);
                    nearest.offer(source, (float) Math.pow(cosine, LOCALITY));
                }
                together[source] = 0;
            }
            for (int i = 0; i < nearest.size(); i++) {
                pairs.add(nearest.product(i), target, nearest.score(i));
            }
            nearest.clear();
        }
        if (pairs.size == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "No two products were chosen by the same customer or in the same session; more orders or events are needed.");
        }
        return pairs.bySource(choices, products);
    }

    /** Kept pairs, target by target. */
    private static final class Pairs {

        private int[] source = new int[1 << 14];
        private int[] target = new int[1 << 14];
        private float[] similarity = new float[1 << 14];
        private int size;

        void add(int from, int to, float similar) {
            if (size == source.length) {
                source = Arrays.copyOf(source, size * 2);
                target = Arrays.copyOf(target, size * 2);
                similarity = Arrays.copyOf(similarity, size * 2);
            }
            source[size] = from;
            target[size] = to;
            similarity[size++] = similar;
        }

        /** Turns the lists round, so that an answer reads only those of the products that the customer knows. Targets stay in order. */
        Neighbours bySource(Choices choices, int products) {
            int[] starts = new int[products + 1];
            for (int i = 0; i < size; i++) {
                starts[source[i] + 1]++;
            }
            for (int product = 0; product < products; product++) {
                starts[product + 1] += starts[product];
            }
            int[] next = Arrays.copyOf(starts, products);
            int[] targets = new int[size];
            float[] similarities = new float[size];
            for (int i = 0; i < size; i++) {
                int place = next[source[i]]++;
                targets[place] = target[i];
                similarities[place] = similarity[i];
            }
            return new Neighbours(choices.items(), choices.counting(), new PlainLists(starts, targets, similarities));
        }
    }
}
