package io.kontor.recommend.matrixfactorization;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Chooses what the operator left open: with ratings by the squared error on held-out ones, with choices by what is found again of hidden ones,
 * as an error on pairs that are mostly drawn by chance says little of the products at the top.
 *
 * @param factors how many
 * @param epochs at most
 * @param rate of Adam
 * @param regularisation of a value; 0 when open
 */
record RatingSearch(int factors, int epochs, double rate, double regularisation) {

    private static final double[] REGULARISATIONS = {0.02, 0.005, 0.05, 0.1};
    private static final double USUAL = 0.01;
    private static final int USUAL_DRAWN = 8;
    private static final int MOST_DRAWN = 32;
    private static final double HIDDEN = 0.125;
    private static final double READ_CHOICES = 60_000;
    private static final int JUDGED_ACTORS = 1_000;
    private static final int JUDGED_EVERY = 10;

    /**
     * How to learn.
     *
     * @param pace of each step
     * @param epochs after which to stop, at the latest
     */
    record Plan(Pace pace, int epochs) {
    }

    /** Learns with the regularisation that predicts held-out ratings best. */
    RatingModel best(Ratings ratings, long seed, JobContext job) {
        double[] tried = regularisation > 0 ? new double[] {regularisation} : REGULARISATIONS;
        Learning best = null;
        for (int i = 0; i < tried.length; i++) {
            Pace pace = new Pace(factors, rate, tried[i], 0);
            Learning learning = learned(ratings, new Plan(pace, epochs), seed,
                    new PartOfJob(job, (double) i / tried.length, (i + 1.0) / tried.length, "Learning"));
            job.log(String.format(Locale.ROOT, "%s: mean squared error %.5f on held-out ratings", pace, learning.missed()));
            best = best == null || learning.missed() < best.missed() ? learning : best;
        }
        return best.model();
    }

    /** Finds what finds most of hidden choices again. */
    Plan best(Choices choices, long seed, JobContext job) {
        Pace usual = new Pace(factors, rate, regularisation > 0 ? regularisation : USUAL, USUAL_DRAWN);
        int read = (int) Math.ceil(READ_CHOICES / choices.size() * choices.actors());
        ChoiceHoldout held = choices.sample(read, seed).holdOut(HIDDEN, JUDGED_ACTORS, seed);
        Map<Pace, Integer> lasting = new HashMap<>(Map.of(usual, epochs));
        Pace best = usual;
        if (held.cases() > 0) {
            Trials<Pace> trials = new Trials<>(pace -> judged(pace, held, seed, job, lasting), job);
            best = trials.climb(usual, List.of(this::regularisations, RatingSearch::draws));
        }
        return new Plan(best, lasting.get(best));
    }

    /** Learns. */
    static RatingModel learn(Ratings ratings, Plan plan, long seed, JobContext job) {
        return learned(ratings, plan, seed, job).model();
    }

    private static Learning learned(Ratings ratings, Plan plan, long seed, JobContext job) {
        Learning learning = new Learning(ratings, plan.pace(), seed, job);
        boolean better = true;
        for (int epoch = 1; epoch <= plan.epochs() && better; epoch++) {
            better = learning.epoch();
            job.log(learning.said());
            job.progress((double) epoch / plan.epochs(), "Learning");
        }
        return learning;
    }

    // Learns until that helps no more.
    private double judged(Pace pace, ChoiceHoldout held, long seed, JobContext job, Map<Pace, Integer> lasting) {
        Learning learning = new Learning(Ratings.of(held.rest()), pace, seed, job);
        double best = -1;
        int lasted = 0;
        for (int epoch = 1; epoch <= epochs && epoch - lasted <= JUDGED_EVERY; epoch++) {
            learning.epoch();
            if (epoch % JUDGED_EVERY == 0 || epoch == epochs) {
                RatingModel model = learning.model();
                double reached = held.ndcg((chosen, weights, scores) -> System.arraycopy(
                        model.scores(new FoldIn(model, chosen, weights, Map.of()).vector()), 0, scores, 0, scores.length), job);
                if (reached > best) {
                    best = reached;
                    lasted = epoch;
                }
            }
        }
        lasting.put(pace, lasted);
        return best;
    }

    private List<Pace> regularisations(Pace best) {
        List<Pace> others = new ArrayList<>();
        if (regularisation == 0) {
            others.add(new Pace(factors, rate, best.regularisation() / 1.6, best.drawn()));
            others.add(new Pace(factors, rate, best.regularisation() * 1.6, best.drawn()));
        }
        return others;
    }

    private static List<Pace> draws(Pace best) {
        return List.of(new Pace(best.factors(), best.rate(), best.regularisation(), Math.max(2, best.drawn() / 2)),
                new Pace(best.factors(), best.rate(), best.regularisation(), Math.min(MOST_DRAWN, best.drawn() * 2)));
    }
}
