package io.kontor.recommend.itemknn;

import io.kontor.api.KontorException;
import io.kontor.api.choice.AsymmetricCosine;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.ProductPairs;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.job.JobContext;
import java.util.Arrays;

/**
 * Learns which products go together, by the asymmetric cosine, or with r the weight of a choice and w(u) the say of an actor by
 *
 * <pre>s(h to t) = sum over u of w(u) r(u,h) r(u,t)  /  ( square root of n(h) n(t) + shrinkage * m )</pre>
 *
 * <ul>
 * <li>cosine: w(u) = 1, n(i) = sum over u of r(u,i)^2;
 * <li>BM25 (Robertson and Zaragoza 2009, "The probabilistic relevance framework") with products for documents and actors for terms: w(u) =
 * log(products / (1 + actor u's choices))^2, n(i) = ((1 + 100 (0.2 + 0.8 c(i) / mean c)) / 101)^2 with c(i) the sum of product i's weights.
 * </ul>
 *
 * <p>m is the mean of w(u) r(u,i)^2 over all choices, so that shrinkage counts customers.
 *
 * @param method what makes two products similar
 * @param neighbours how many are kept for each product
 * @param shrinkage added to the denominator, in customers
 * @param evenness of the asymmetric cosine; others have none
 * @param locality of the asymmetric cosine; others have none
 */
record Comparison(Method method, int neighbours, double shrinkage, double evenness, double locality) {

    private static final double SATURATION = 100;
    private static final double LENGTH = 0.8;

    /**
     * Finds the neighbours of all products.
     *
     * @param choices who chose what
     * @param job hears how far it is, may cancel and allows threads
     * @return the model
     * @throws KontorException of kind DATA when no two products were chosen together
     */
    Neighbours over(Choices choices, JobContext job) {
        if (method == Method.ASYMMETRIC_COSINE) {
            return new AsymmetricCosine(choices, neighbours, shrinkage, evenness, locality).learn(job);
        }
        SparseMatrix matrix = choices.matrix();
        float[] say = new float[choices.actors()];
        double[] norms = new double[matrix.columns()];
        double[] sums = new double[matrix.columns()];
        for (int actor = 0; actor < say.length; actor++) {
            say[actor] = say(matrix, actor);
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                norms[matrix.column(c)] += (double) say[actor] * matrix.value(c) * matrix.value(c);
                sums[matrix.column(c)] += matrix.value(c);
            }
        }
        double held = shrinkage * Arrays.stream(norms).sum() / choices.size();
        if (method == Method.BM25) {
            double mean = Arrays.stream(sums).sum() / sums.length;
            norms = Arrays.stream(sums).map(sum -> (1 + SATURATION * (1 - LENGTH + LENGTH * sum / mean)) / (1 + SATURATION))
                    .map(norm -> norm * norm).toArray();
        }
        double[] roots = Arrays.stream(norms).map(Math::sqrt).toArray();
        return new ProductPairs(choices, say).nearest(neighbours,
                (source, target, together) -> together / (roots[source] * roots[target] + held), job);
    }

    private float say(SparseMatrix matrix, int actor) {
        return method == Method.COSINE ? 1
                : (float) Math.pow(Math.max(0, Math.log(matrix.columns() / (1.0 + matrix.length(actor)))), 2);
    }

    @Override
    public String toString() {
        return method + ", " + neighbours + " neighbours, shrinkage " + shrinkage
                + (method == Method.ASYMMETRIC_COSINE ? ", evenness " + evenness + ", locality " + locality : "");
    }
}
