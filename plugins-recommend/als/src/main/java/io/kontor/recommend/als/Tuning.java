package io.kontor.recommend.als;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.job.JobContext;

/**
 * Chooses how strongly factors are held back, by how well choices that were hidden are found again after a short training, for a sample of the
 * customers where there are many. From values that do well in many shops it goes up and down by factors of two as long as that helps, first with
 * the regularisation, then with the weight of unobserved pairs, then with the regularisation again.
 */
final class Tuning {

    private static final double REGULARISATION = 0.004;
    private static final double UNOBSERVED = 0.3;
    private static final int ITERATIONS = 7;
    private static final int MOST_ACTORS = 20_000;
    private static final int MOST_CASES = 3_000;
    private static final int MOST_TRIALS = 12;
    private static final double HIDDEN = 0.125;

    private final ChoiceHoldout holdout;
    private final Factorisation factorisation;
    private final int factors;
    private final long seed;
    private final JobContext job;
    private final Factorisation.Progress progress;
    private Strengths best;
    private double reached;
    private int trials;

    private Tuning(ChoiceHoldout holdout, int factors, long seed, JobContext job, Factorisation.Progress progress) {
        this.holdout = holdout;
        this.factorisation = new Factorisation(holdout.rest().matrix(), factors, job);
        this.factors = factors;
        this.seed = seed;
        this.job = job;
        this.progress = progress;
    }

    /**
     * Chooses what is not given.
     *
     * @param given 0 where it is to be chosen: the regularisation and the weight of unobserved pairs
     * @param choices what is learned from
     * @param factors how many
     * @param seed of the sample, of what is hidden and of the first factors
     * @param job allows threads, may cancel
     * @param progress hears how far it is
     * @return the strengths
     */
    static Strengths strengths(double[] given, Choices choices, int factors, long seed, JobContext job, Factorisation.Progress progress) {
        boolean regularisation = given[0] == 0;
        boolean unobserved = given[1] == 0;
        Strengths start = new Strengths(regularisation ? REGULARISATION : given[0], unobserved ? UNOBSERVED : given[1]);
        if (!regularisation && !unobserved) {
            return start;
        }
        ChoiceHoldout holdout = choices.sample(MOST_ACTORS, seed).holdOut(HIDDEN, MOST_CASES, seed);
        if (holdout.cases() == 0) {
            return start;
        }
        Tuning tuning = new Tuning(holdout, factors, seed, job, progress);
        tuning.reached = tuning.judge(start);
        tuning.best = start;
        if (regularisation) {
            tuning.climb(2, 1);
        }
        if (unobserved) {
            tuning.climb(1, 2);
        }
        if (regularisation && unobserved) {
            tuning.climb(2, 1);
        }
        return tuning.best;
    }

    private void climb(double regularisation, double unobserved) {
        if (!better(regularisation, unobserved)) {
            while (better(1 / regularisation, 1 / unobserved)) {
                job.checkCancelled();
            }
            return;
        }
        while (better(regularisation, unobserved)) {
            job.checkCancelled();
        }
    }

    private boolean better(double regularisation, double unobserved) {
        if (trials == MOST_TRIALS) {
            return false;
        }
        Strengths other = new Strengths(best.regularisation() * regularisation, best.unobserved() * unobserved);
        double found = judge(other);
        if (found <= reached) {
            return false;
        }
        reached = found;
        best = other;
        return true;
    }

    private double judge(Strengths strengths) {
        progress.done((double) trials++ / MOST_TRIALS);
        float[] learned = factorisation.run(strengths, ITERATIONS, seed, done -> job.checkCancelled());
        ItemFactors model = ItemFactors.unsorted(holdout.rest(), strengths, factors, learned);
        return holdout.ndcg((chosen, weights, scores) -> model.vectors().scores(new FoldIn(model, chosen, weights).vector(), scores), job);
    }
}
