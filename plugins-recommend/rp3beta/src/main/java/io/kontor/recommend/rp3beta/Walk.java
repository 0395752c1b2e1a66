package io.kontor.recommend.rp3beta;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.ProductPairs;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.job.JobContext;
import java.util.Arrays;

/**
 * RP3beta (Paudel, Christoffel, Newell and Bernstein 2017, "Updatable, accurate, diverse, and scalable recommendations for interactive
 * applications"): P3alpha (Cooper, Lee, Radinsky and Shamir 2014, "Random walks in recommender systems") divided by a power of popularity.
 * With r the weight of a choice, n(u) and c(i) its sums over an actor and a product,
 *
 * <pre>s(h to t) = sum over u of r(u,h) r(u,t) / ( c(h)^alpha n(u)^alpha c(t)^beta )</pre>
 *
 * <p>which for choices of weight 1 is the alpha-th power of each step's probability. The first step, from the customer to h, is the same for
 * all targets and left out.
 *
 * @param alpha the power of a step's probability, above 0
 * @param beta the power of popularity, 0 or more
 * @param neighbours how many sources are kept for each target
 */
record Walk(double alpha, double beta, int neighbours) {

    /**
     * Learns.
     *
     * @param choices who chose what
     * @param job hears how far it is, may cancel and allows threads
     * @return the model
     * @throws KontorException of kind DATA when no two products were chosen together
     */
    Neighbours over(Choices choices, JobContext job) {
        SparseMatrix matrix = choices.matrix();
        float[] say = new float[choices.actors()];
        double[] chosen = new double[matrix.columns()];
        for (int actor = 0; actor < say.length; actor++) {
            double sum = 0;
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                sum += matrix.value(c);
                chosen[matrix.column(c)] += matrix.value(c);
            }
            say[actor] = sum == 0 ? 0 : (float) Math.pow(sum, -alpha);
        }
        double[] from = Arrays.stream(chosen).map(sum -> Math.pow(sum, -alpha)).toArray();
        double[] to = Arrays.stream(chosen).map(sum -> Math.pow(sum, -beta)).toArray();
        return new ProductPairs(choices, say).nearest(neighbours, (source, target, together) -> together * from[source] * to[target], job);
    }

    @Override
    public String toString() {
        return "alpha " + alpha + ", beta " + beta + ", " + neighbours + " neighbours";
    }
}
