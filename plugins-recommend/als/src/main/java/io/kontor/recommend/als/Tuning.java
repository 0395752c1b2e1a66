package io.kontor.recommend.als;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import java.util.List;

/**
 * Chooses how strongly factors are held back, by how well choices that were hidden are found again after a short training, for a sample of the
 * customers where there are many. From values that do well in many shops it goes up and down with the weight of unobserved pairs and the
 * regularisation in turns, by factors of four as long as that helps, as the best values of large catalogues are a hundred times below those of
 * small ones. Then it doubles the number of factors as long as that helps noticeably, there is memory, and there are some products to a factor;
 * each time with another regularisation, since few factors of few choices a customer hardly need any and more of them do. Before that it tries
 * whether choices should count {@linkplain Evenness less} the more there are of a customer and of a product. At last it looks once at values
 * half and twice as large.
 */
final class Tuning {

    /** Times the weight of unobserved pairs and the number of products: how strongly a customer of few choices is held back at first. */
    private static final double HELD = 2;
    private static final double MOST_REGULARISATION = 0.004;
    private static final double UNOBSERVED = 0.3;
    private static final int ITERATIONS = 7;
    private static final int MOST_ACTORS = 20_000;
    private static final int MOST_CASES = 3_000;
    private static final int MOST_TRIALS = 24;
    private static final double FAR = 4;
    private static final double HIDDEN = 0.125;
    private static final double EVENNESS = 0.25;
    private static final int FEWEST_FACTORS = 64;
    private static final int MOST_FACTORS = 256;
    /** What must be gained: more factors take more memory and time for ever, and those that are held back less learn more of chance. */
    private static final double WORTH_IT = 1.02;
    private static final double SHARE_OF_HEAP = 0.2;
    private static final int PRODUCTS_OF_A_FACTOR = 4;

    private final ChoiceHoldout holdout;
    private final long seed;
    private final JobContext job;
    private final Factorisation.Progress progress;
    private final Trials<Chosen> trials;
    private int count;

    /**
     * What is learned with.
     *
     * @param factors how many
     * @param strengths how strongly they are held back
     * @param evenness exponent of {@link Evenness}
     */
    record Chosen(int factors, Strengths strengths, double evenness) {

        Chosen times(double regularisation, double unobserved) {
            return new Chosen(factors, new Strengths(strengths.regularisation() * regularisation, strengths.unobserved() * unobserved),
                    evenness);
        }

        @Override
        public String toString() {
            return factors + " factors, regularisation " + strengths.regularisation() + ", weight of unobserved pairs " + strengths.unobserved()
                    + ", exponent of evenness " + evenness;
        }
    }

    private Tuning(ChoiceHoldout holdout, long seed, JobContext job, Factorisation.Progress progress) {
        this.holdout = holdout;
        this.seed = seed;
        this.job = job;
        this.progress = progress;
        trials = new Trials<>(this::judge, job);
    }

    /**
     * Chooses what is not given.
     *
     * @param factors 0 where they are to be chosen
     * @param given 0 where it is to be chosen: the regularisation and the weight of unobserved pairs
     * @param choices what is learned from
     * @param seed of the sample, of what is hidden and of the first factors
     * @param job hears of each trial, allows threads, may cancel
     * @param progress hears how far it is
     * @return all settings
     */
    static Chosen best(int factors, double[] given, Choices choices, long seed, JobContext job, Factorisation.Progress progress) {
        boolean regularisation = given[0] == 0;
        boolean unobserved = given[1] == 0;
        double weight = unobserved ? UNOBSERVED : given[1];
        Chosen start = new Chosen(factors > 0 ? factors : FEWEST_FACTORS, new Strengths(
                regularisation ? Math.min(MOST_REGULARISATION, HELD / (weight * choices.items().size())) : given[0], weight), 0);
        if (factors > 0 && !regularisation && !unobserved) {
            return start;
        }
        ChoiceHoldout holdout = choices.sample(MOST_ACTORS, seed).holdOut(HIDDEN, MOST_CASES, seed);
        if (holdout.cases() == 0) {
            return start;
        }
        Tuning tuning = new Tuning(holdout, seed, job, progress);
        Chosen best = tuning.evened(tuning.climb(start, regularisation ? FAR : 1, unobserved ? FAR : 1));
        if (factors == 0) {
            best = tuning.widened(best, regularisation ? FAR : 1, (long) choices.actors() + choices.items().size());
        }
        return tuning.step(best, regularisation ? 2 : 1, unobserved ? 2 : 1);
    }

    private Chosen evened(Chosen uneven) {
        Chosen even = new Chosen(uneven.factors(), uneven.strengths(), EVENNESS);
        return trials.quality(even) > WORTH_IT * trials.quality(uneven) ? even : uneven;
    }

    private Chosen climb(Chosen start, double regularisation, double unobserved) {
        Chosen best = start;
        Chosen before = null;
        while (!best.equals(before) && count < MOST_TRIALS) {
            before = best;
            best = step(best, regularisation, unobserved);
        }
        return best;
    }

    // Of two that do about equally well the more regularised one is taken, which more factors will need.
    private Chosen step(Chosen from, double regularisation, double unobserved) {
        Chosen best = trials.best(List.of(from, from.times(1, 1 / unobserved), from.times(1, unobserved)));
        Chosen more = best.times(regularisation, 1);
        if (trials.quality(more) > trials.quality(best)) {
            return more;
        }
        Chosen less = best.times(1 / regularisation, 1);
        return trials.quality(less) > WORTH_IT * trials.quality(best) ? less : best;
    }

    private Chosen widened(Chosen narrow, double regularisation, long vectors) {
        double room = SHARE_OF_HEAP * Runtime.getRuntime().maxMemory() / (vectors * Float.BYTES);
        double most = Math.min(room, Math.min(MOST_FACTORS, holdout.rest().items().size() / PRODUCTS_OF_A_FACTOR));
        Chosen best = narrow;
        Chosen before = null;
        while (!best.equals(before) && 2 * best.factors() <= most) {
            before = best;
            Chosen more = climb(new Chosen(2 * best.factors(), best.strengths(), best.evenness()), regularisation, 1);
            if (trials.quality(more) > WORTH_IT * trials.quality(best)) {
                best = more;
            }
        }
        return best;
    }

    private double judge(Chosen one) {
        progress.done(Math.min(1, (double) count++ / MOST_TRIALS));
        SparseMatrix choices = holdout.rest().matrix();
        Factorisation factorisation = new Factorisation(choices, Evenness.of(choices, one.evenness()), one.factors(), job);
        float[] learned = factorisation.run(one.strengths(), ITERATIONS, seed, done -> job.checkCancelled());
        return factorisation.quality(holdout, learned, one.strengths());
    }
}
