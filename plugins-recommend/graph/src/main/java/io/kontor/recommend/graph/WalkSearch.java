package io.kontor.recommend.graph;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import java.util.stream.DoubleStream;

/**
 * Chooses what the operator left open by what walks find again of hidden choices.
 *
 * @param features what products have in common
 * @param attributes their share of the steps; below 0 when open
 * @param restart with which probability a walk ends at each step
 * @param popularity see {@link Favour}; below 0 when open
 * @param neighbours from how many products walks to a product are kept
 */
record WalkSearch(Features features, double attributes, double restart, double popularity, int neighbours) {

    private static final double USUAL_ATTRIBUTES = 0.2;
    private static final double HIDDEN = 0.1;
    private static final int JUDGED_ACTORS = 5_000;
    private static final int READ_ACTORS = 50_000;

    /**
     * Where walks go and what is made of them. Its text stands in the job's log.
     *
     * @param attributes the share of steps over what products have in common
     * @param popularity the power of a product's popularity that scores are multiplied with
     */
    record Favour(double attributes, double popularity) {

        @Override
        public String toString() {
            return "share of attributes " + attributes + ", popularity " + popularity;
        }
    }

    /**
     * Searches.
     *
     * @param choices who chose what; of a large shop a sample is looked at
     * @param seed which choices are hidden
     * @param job hears of each trial, may cancel and allows threads
     * @return all settings
     */
    Favour best(Choices choices, long seed, JobContext job) {
        boolean shares = attributes < 0 && features.rows().size() > 0;
        Favour usual = new Favour(attributes < 0 ? USUAL_ATTRIBUTES : attributes, popularity < 0 ? Reach.USUAL_POPULARITY : popularity);
        if (!shares && popularity >= 0) {
            return usual;
        }
        ChoiceHoldout held = choices.sample(READ_ACTORS, seed).holdOut(HIDDEN, JUDGED_ACTORS, seed);
        if (held.cases() == 0) {
            return usual;
        }
        Trials<Favour> trials = new Trials<>(favour -> judged(favour, held, job), job);
        Favour best = usual;
        if (shares) {
            best = trials.best(DoubleStream.of(usual.attributes(), 0.05, 0.02).mapToObj(one -> new Favour(one, usual.popularity())).toList());
        }
        if (popularity < 0) {
            double share = best.attributes();
            best = trials.best(DoubleStream.of(usual.popularity(), 0.7, 0.9, 1).mapToObj(one -> new Favour(share, one)).toList());
        }
        return best;
    }

    private double judged(Favour favour, ChoiceHoldout held, JobContext job) {
        Graph graph = Graph.of(held.rest(), features, favour.attributes());
        Neighbours walks = new Reach(graph, restart, neighbours, favour.popularity()).all(held.rest().counting(), job);
        return held.ndcg((chosen, weights, scores) -> {
            float[] all = new float[graph.products()];
            for (int i = 0; i < chosen.length; i++) {
                walks.add(chosen[i], weights[i], all);
            }
            System.arraycopy(all, 0, scores, 0, scores.length);
        }, job);
    }
}
