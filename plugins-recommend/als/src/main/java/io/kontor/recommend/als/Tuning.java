package io.kontor.recommend.als;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.job.JobContext;
import java.util.Locale;

/**
 * Chooses how strongly factors are held back, by how well choices that were hidden are found again after a short training, for a sample of the
 * customers where there are many. From values that do well in many shops it goes up and down by factors of two as long as that helps, first with
 * the regularisation, then with the weight of unobserved pairs, then with the regularisation again. Then it doubles the number of factors as
 * long as that helps noticeably, there is memory, and there are some products to a factor.
 */
final class Tuning {

    private static final double REGULARISATION = 0.004;
    private static final double UNOBSERVED = 0.3;
    private static final int ITERATIONS = 7;
    private static final int MOST_ACTORS = 20_000;
    private static final int MOST_CASES = 3_000;
    private static final int MOST_TRIALS = 12;
    private static final double HIDDEN = 0.125;
    private static final int FEWEST_FACTORS = 64;
    private static final int MOST_FACTORS = 256;
    /** More factors take more memory and time for ever. */
    private static final double WORTH_IT = 1.02;
    private static final double SHARE_OF_HEAP = 0.1;
    private static final int PRODUCTS_OF_A_FACTOR = 4;

    private final ChoiceHoldout holdout;
    private final long seed;
    private final JobContext job;
    private final Factorisation.Progress progress;
    private int factors;
    private Strengths best;
    private double reached;
    private int trials;

    /**
     * What is learned with.
     *
     * @param factors how many
     * @param strengths how strongly they are held back
     */
    record Chosen(int factors, Strengths strengths) {
    }

    private Tuning(ChoiceHoldout holdout, int factors, long seed, JobContext job, Factorisation.Progress progress) {
        this.holdout = holdout;
        this.factors = factors;
        this.seed = seed;
        this.job = job;
        this.progress = progress;
    }

    /**
     * Chooses what is not given.
     *
     * @param givenFactors 0 where they are to be chosen
     * @param given 0 where it is to be chosen: the regularisation and the weight of unobserved pairs
     * @param choices what is learned from
     * @param seed of the sample, of what is hidden and of the first factors
     * @param job allows threads, may cancel
     * @param progress hears how far it is
     * @return all settings
     */
    static Chosen best(int givenFactors, double[] given, Choices choices, long seed, JobContext job, Factorisation.Progress progress) {
        boolean regularisation = given[0] == 0;
        boolean unobserved = given[1] == 0;
        int factors = givenFactors > 0 ? givenFactors : FEWEST_FACTORS;
        Strengths start = new Strengths(regularisation ? REGULARISATION : given[0], unobserved ? UNOBSERVED : given[1]);
        if (givenFactors > 0 && !regularisation && !unobserved) {
            return new Chosen(factors, start);
        }
        ChoiceHoldout holdout = choices.sample(MOST_ACTORS, seed).holdOut(HIDDEN, MOST_CASES, seed);
        if (holdout.cases() == 0) {
            return new Chosen(factors, start);
        }
        Tuning tuning = new Tuning(holdout, factors, seed, job, progress);
        tuning.reached = tuning.judge(factors, start);
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
        if (givenFactors == 0) {
            tuning.widen((long) choices.actors() + choices.items().size());
        }
        return new Chosen(tuning.factors, tuning.best);
    }

    private void widen(long vectors) {
        double room = SHARE_OF_HEAP * Runtime.getRuntime().maxMemory() / (vectors * Float.BYTES);
        double most = Math.min(room, Math.min(MOST_FACTORS, holdout.rest().items().size() / PRODUCTS_OF_A_FACTOR));
        for (int more = 2 * factors; more <= most; more *= 2) {
            double found = judge(more, best);
            if (found < WORTH_IT * reached) {
                return;
            }
            reached = found;
            factors = more;
        }
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
        double found = judge(factors, other);
        if (found <= reached) {
            return false;
        }
        reached = found;
        best = other;
        return true;
    }

    private double judge(int many, Strengths strengths) {
        progress.done(Math.min(1, (double) trials++ / MOST_TRIALS));
        float[] learned = new Factorisation(holdout.rest().matrix(), many, job).run(strengths, ITERATIONS, seed, done -> job.checkCancelled());
        ItemFactors model = ItemFactors.unsorted(holdout.rest(), strengths, many, learned);
        double found = holdout.ndcg((chosen, weights, scores) ->
                model.vectors().scores(new FoldIn(model, chosen, weights).vector(), scores), job);
        job.log(String.format(Locale.ROOT, "%d factors, regularisation %.4g, weight of unobserved pairs %.4g: nDCG@10 %.4f on hidden choices",
                many, strengths.regularisation(), strengths.unobserved(), found));
        return found;
    }
}
