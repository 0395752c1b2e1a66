package io.kontor.recommend.bpr;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses what the operator left open by what is found again of hidden choices: first how many factors, as the best pace depends on it, then one
 * setting after the other, and with each how long to learn.
 *
 * @param factors as in {@link Pace}; 0 when open
 * @param epochs at most
 * @param rate as in {@link Pace}; 0 when open
 * @param regularisation as in {@link Pace}; 0 when open
 * @param drawn as in {@link Pace}; 0 when open
 */
record PaceSearch(int factors, int epochs, double rate, double regularisation, int drawn) {

    private static final double HIDDEN = 0.125;
    private static final double READ_CHOICES = 80_000;
    /** Finding factors again takes time with each choice: of actors with few choices more are asked. */
    private static final double JUDGED_CHOICES = 25_000;
    private static final int JUDGED_EVERY = 10;
    private static final int MOST_DRAWN = 32;
    private static final int FEWEST_FACTORS = 64;
    private static final int MOST_FACTORS = 256;
    /** More factors take more memory and time for ever. */
    private static final double WORTH_IT = 1.01;
    private static final double SHARE_OF_HEAP = 0.1;
    private static final int PRODUCTS_OF_A_FACTOR = 4;
    private static final double USUAL_RATE = 0.05;
    private static final double USUAL_REGULARISATION = 0.03;
    private static final int USUAL_DRAWN = 16;

    /**
     * How to learn.
     *
     * @param pace of each step
     * @param epochs after which to stop
     */
    record Plan(Pace pace, int epochs) {
    }

    /**
     * Searches.
     *
     * @param choices who chose what; of a large shop a sample is looked at
     * @param seed which choices are hidden, and of each trial
     * @param job hears of each trial, may cancel and allows threads
     * @return all settings; as many epochs as allowed where nothing can be hidden
     */
    Plan best(Choices choices, long seed, JobContext job) {
        Pace usual = new Pace(factors > 0 ? factors : FEWEST_FACTORS, rate > 0 ? rate : USUAL_RATE,
                regularisation > 0 ? regularisation : USUAL_REGULARISATION, drawn > 0 ? drawn : USUAL_DRAWN);
        int read = (int) Math.ceil(READ_CHOICES / choices.size() * choices.actors());
        int judged = (int) Math.ceil(JUDGED_CHOICES / choices.size() * choices.actors());
        ChoiceHoldout held = choices.sample(read, seed).holdOut(HIDDEN, judged, seed);
        if (held.cases() == 0) {
            return new Plan(usual, epochs);
        }
        Map<Pace, Integer> lasting = new HashMap<>();
        Trials<Pace> trials = new Trials<>(pace -> judged(pace, held, seed, job, lasting), job);
        Pace wide = factors > 0 ? usual
                : widened(usual, trials, (long) choices.actors() + choices.items().size(), choices.items().size());
        Pace best = trials.climb(wide, List.of(this::rates, this::regularisations, this::draws));
        job.log(best + ", " + lasting.get(best) + " epochs");
        return new Plan(best, lasting.get(best));
    }

    private static Pace widened(Pace narrow, Trials<Pace> trials, long vectors, int products) {
        double room = SHARE_OF_HEAP * Runtime.getRuntime().maxMemory() / (vectors * Float.BYTES);
        double most = Math.min(room, Math.min(MOST_FACTORS, products / PRODUCTS_OF_A_FACTOR));
        Pace best = narrow;
        Pace more = best.wider();
        while (more.factors() <= most && trials.quality(more) > WORTH_IT * trials.quality(best)) {
            best = more;
            more = best.wider();
        }
        return best;
    }

    // Learns until that helps no more.
    private double judged(Pace pace, ChoiceHoldout held, long seed, JobContext job, Map<Pace, Integer> lasting) {
        Learning learning = new Learning(held.rest(), pace, seed, job);
        double best = -1;
        int lasted = 0;
        for (int epoch = 1; epoch <= epochs && epoch - lasted <= JUDGED_EVERY; epoch++) {
            learning.epoch();
            if (epoch % JUDGED_EVERY == 0 || epoch == epochs) {
                BprModel model = learning.model();
                double reached = held.ndcg((chosen, weights, scores) -> System.arraycopy(
                        model.scores(new FoldIn(model, chosen, weights).vector()), 0, scores, 0, scores.length), job);
                if (reached > best) {
                    best = reached;
                    lasted = epoch;
                }
            }
        }
        lasting.put(pace, lasted);
        return best;
    }

    private List<Pace> rates(Pace best) {
        List<Pace> others = new ArrayList<>();
        if (rate == 0) {
            others.add(new Pace(best.factors(), best.rate() * 2, best.regularisation(), best.drawn()));
            others.add(new Pace(best.factors(), best.rate() / 2, best.regularisation(), best.drawn()));
        }
        return others;
    }

    private List<Pace> regularisations(Pace best) {
        List<Pace> others = new ArrayList<>();
        if (regularisation == 0) {
            others.add(new Pace(best.factors(), best.rate(), best.regularisation() / 1.5, best.drawn()));
            others.add(new Pace(best.factors(), best.rate(), best.regularisation() * 1.5, best.drawn()));
        }
        return others;
    }

    private List<Pace> draws(Pace best) {
        List<Pace> others = new ArrayList<>();
        if (drawn == 0) {
            others.add(new Pace(best.factors(), best.rate(), best.regularisation(), Math.max(1, best.drawn() / 2)));
            others.add(new Pace(best.factors(), best.rate(), best.regularisation(), Math.min(MOST_DRAWN, best.drawn() * 2)));
        }
        return others;
    }
}
