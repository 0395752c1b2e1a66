package io.kontor.api.choice;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import java.util.Arrays;

/**
 * Learns which products go together: an asymmetric cosine with shrinkage and locality (Aiolli 2013, "Efficient top-N recommendation for very
 * large scale binary rated datasets") over choices in which actors have less say in a pair the more they chose. With r the weight of a choice,
 * w(u) = ( 1 / sum of actor u's weights ) ^ evenness, n(i) = sum over u of w(u) r(u,i)^2:
 *
 * <pre>s(h to t) = ( sum over u of w(u) r(u,h) r(u,t)  /  ( n(h)^0.65 n(t)^0.35 + shrinkage * m ) ) ^ locality</pre>
 *
 * <p>with m the mean of w(u) r(u,i)^2 over all choices, so that shrinkage counts customers and means the same in shops where people choose
 * three products and in those where they choose three hundred.
 *
 * <p>0.65 and what stands for evenness and locality where they are not given were chosen on held-out purchases of a gift shop, ratings of
 * films and cosmetics, and views in a web shop.
 */
public final class AsymmetricCosine {

    private static final double SOURCE_EXPONENT = 0.65;
    private static final double EVENNESS = 1;
    private static final double LOCALITY = 1.25;

    private final ProductPairs pairs;
    private final int most;
    private final double shrinkage;
    private final double locality;
    private final double[] sourceNorm;
    private final double[] targetNorm;

    /**
     * Made for one training, with an evenness of 1 and a locality of 1.25.
     *
     * @param choices who chose what
     * @param most how many neighbours are kept for each product
     * @param shrinkage added to the denominator, in customers
     */
    public AsymmetricCosine(Choices choices, int most, double shrinkage) {
        this(choices, most, shrinkage, EVENNESS, LOCALITY);
    }

    /**
     * Made for one training.
     *
     * @param choices who chose what
     * @param most how many neighbours are kept for each product
     * @param shrinkage added to the denominator, in customers
     * @param evenness from 0, where each choice of an actor counts in full, to 1, where all actors have the same say
     * @param locality above 0; the higher, the more the most similar products count beside the others
     */
    public AsymmetricCosine(Choices choices, int most, double shrinkage, double evenness, double locality) {
        this.most = most;
        this.locality = locality;
        SparseMatrix matrix = choices.matrix();
        float[] say = new float[choices.actors()];
        double[] norms = new double[matrix.columns()];
        for (int actor = 0; actor < say.length; actor++) {
            double sum = 0;
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                sum += matrix.value(c);
            }
            say[actor] = sum == 0 ? 0 : (float) Math.pow(sum, -evenness);
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                norms[matrix.column(c)] += (double) say[actor] * matrix.value(c) * matrix.value(c);
            }
        }
        this.pairs = new ProductPairs(choices, say);
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
    public Neighbours learn(JobContext job) {
        return pairs.nearest(most, (source, target, together) ->
                Math.pow(together / (sourceNorm[source] * targetNorm[target] + shrinkage), locality), job);
    }
}
