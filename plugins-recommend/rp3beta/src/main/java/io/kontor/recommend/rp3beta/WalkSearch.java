package io.kontor.recommend.rp3beta;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import java.util.ArrayList;
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
        Trials<Walk> trials = new Trials<>(walk -> {
            Neighbours model = walk.over(held.rest(), job);
            return held.ndcg((chosen, weights, scores) -> {
                for (int i = 0; i < chosen.length; i++) {
                    model.add(chosen[i], weights[i], scores);
                }
            }, job);
        }, job);
        Walk best = usual;
        for (int round = 0; round < 2; round++) {
            best = trials.best(alphas(best));
            best = trials.best(betas(best));
            best = trials.best(lengths(best));
        }
        return best;
    }

    private List<Walk> alphas(Walk best) {
        List<Walk> walks = new ArrayList<>(List.of(best));
        if (alpha <= 0) {
            DoubleStream.of(0.4, 0.6, 0.7, 0.8, 0.9, 1).forEach(one -> walks.add(new Walk(one, best.beta(), best.neighbours())));
        }
        return walks;
    }

    private List<Walk> betas(Walk best) {
        List<Walk> walks = new ArrayList<>(List.of(best));
        if (beta < 0) {
            DoubleStream.of(0, 0.2, 0.4).forEach(one -> walks.add(new Walk(best.alpha(), one, best.neighbours())));
        }
        return walks;
    }

    private List<Walk> lengths(Walk best) {
        List<Walk> walks = new ArrayList<>(List.of(best));
        if (neighbours <= 0) {
            IntStream.of(15, 25, 50, 100, 200, 400).forEach(one -> walks.add(new Walk(best.alpha(), best.beta(), one)));
        }
        return walks;
    }
}
