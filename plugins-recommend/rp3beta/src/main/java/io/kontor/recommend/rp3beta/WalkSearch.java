package io.kontor.recommend.rp3beta;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Chooses what the operator left open, one setting after the other, by what is found again of hidden choices.
 *
 * @param alpha as in {@link Walk}; 0 when open
 * @param beta as in {@link Walk}; below 0 when open
 * @param neighbours as in {@link Walk}; 0 when open
 */
record WalkSearch(double alpha, double beta, int neighbours) {

    private static final double HIDDEN = 0.1;
    private static final int JUDGED_ACTORS = 10_000;
    private static final int READ_ACTORS = 50_000;

    /**
     * Searches.
     *
     * @param choices who chose what; of a large shop a sample is looked at
     * @param seed which choices are hidden
     * @param job hears of each trial, may cancel and allows threads
     * @return all settings
     */
    Walk best(Choices choices, long seed, JobContext job) {
        Walk usual = new Walk(alpha > 0 ? alpha : 0.6, beta >= 0 ? beta : 0.2, neighbours > 0 ? neighbours : 100);
        ChoiceHoldout held = choices.sample(READ_ACTORS, seed).holdOut(HIDDEN, JUDGED_ACTORS, seed);
        if (held.cases() == 0 || alpha > 0 && beta >= 0 && neighbours > 0) {
            return usual;
        }
        Trials<Walk> trials = new Trials<>(walk -> held.ndcg(walk.over(held.rest(), job)::addAll, job), job);
        return trials.climb(usual, List.of(this::alphas, this::betas, this::lengths));
    }

    private List<Walk> alphas(Walk best) {
        return alpha > 0 ? List.of() : DoubleStream.of(0.4, 0.6, 0.7, 0.8, 0.9, 1)
                .mapToObj(one -> new Walk(one, best.beta(), best.neighbours())).toList();
    }

    private List<Walk> betas(Walk best) {
        return beta >= 0 ? List.of() : DoubleStream.of(0, 0.2, 0.4).mapToObj(one -> new Walk(best.alpha(), one, best.neighbours())).toList();
    }

    private List<Walk> lengths(Walk best) {
        return neighbours > 0 ? List.of() : IntStream.of(15, 25, 50, 100, 200, 400)
                .mapToObj(one -> new Walk(best.alpha(), best.beta(), one)).toList();
    }
}
