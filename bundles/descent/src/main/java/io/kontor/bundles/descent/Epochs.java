package io.kontor.bundles.descent;

import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Learns epoch by epoch until what is said of hidden choices gets no better, and keeps the best. Each epoch is a line of the job's log. One
 * thread learns; hidden choices are judged by as many as the job has.
 *
 * @param <M> what is learned
 */
public final class Epochs<M> {

    private static final int CASES_OF_A_PART = 64;
    private static final double READ = 0.3;
    private static final double LEARNED = 0.95;

    private final int most;
    private final int patience;
    private final List<int[]> judged;
    private final JobContext job;

    /**
     * What learns.
     *
     * @param <M> what is learned
     */
    public interface Learner<M> {

        /**
         * Goes through the records once.
         *
         * @return the mean loss
         */
        double epoch();

        /**
         * What is known now.
         *
         * @return immutable
         */
        M model();

        /**
         * Scores all products. Called by several threads at once.
         *
         * @param model what was learned
         * @param chosen products, oldest first, at least one
         * @return one a product; the caller's own
         */
        float[] scores(M model, int[] chosen);
    }

    /**
     * Made for one training.
     *
     * @param most how many epochs at most, at least 1
     * @param patience after how many epochs that are no better than an earlier one it ends, at least 1
     * @param sequences the last of each judged one is hidden
     * @param job hears of each epoch
     */
    public Epochs(int most, int patience, Sequences sequences, JobContext job) {
        this.most = most;
        this.patience = patience;
        this.judged = sequences.judged();
        this.job = job;
    }

    /**
     * Learns.
     *
     * @param learner what learns
     * @return the best of all epochs by the nDCG of the hidden choice among all products that were not chosen before, which is not cut off
     *     anywhere, as a few hundred choices would then say little; the last one when nothing is hidden
     */
    public M best(Learner<M> learner) {
        M best = null;
        double highest = -1;
        for (int epoch = 1, since = 0; epoch <= most && since < patience; epoch++) {
            double loss = learner.epoch();
            M now = learner.model();
            double ndcg = ndcg(learner, now);
            String said = String.format(Locale.ROOT, "Epoch %d: loss %.4f, nDCG of hidden choices %.4f", epoch, loss, ndcg);
            job.log(said);
            job.progress(READ + (LEARNED - READ) * epoch / most, said);
            boolean better = ndcg > highest || judged.isEmpty();
            since = better ? 0 : since + 1;
            highest = better ? ndcg : highest;
            best = better ? now : best;
        }
        return best;
    }

    private double ndcg(Learner<M> learner, M model) {
        List<Supplier<Double>> parts = new ArrayList<>();
        for (int from = 0; from < judged.size(); from += CASES_OF_A_PART) {
            List<int[]> part = judged.subList(from, Math.min(judged.size(), from + CASES_OF_A_PART));
            parts.add(() -> sum(learner, model, part));
        }
        double sum = 0;
        for (double part : job.all(parts)) {
            sum += part;
        }
        return judged.isEmpty() ? 0 : sum / judged.size();
    }

    private static <M> double sum(Learner<M> learner, M model, List<int[]> part) {
        double sum = 0;
        for (int[] chosen : part) {
            int[] before = Arrays.copyOf(chosen, chosen.length - 1);
            float[] scores = learner.scores(model, before);
            float right = scores[chosen[before.length]];
            for (int product : before) {
                scores[product] = Float.NEGATIVE_INFINITY;
            }
            int better = 0;
            for (float score : scores) {
                // What is no number is no good.
                better += score <= right ? 0 : 1;
            }
            sum += Math.log(2) / Math.log(2.0 + better);
        }
        return sum;
    }
}
