package io.kontor.recommend.graph;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import java.util.List;

/**
 * Chooses how much popular products are favoured by what walks find again of hidden choices.
 *
 * @param features what products have in common
 * @param attributes their share of the steps
 * @param restart with which probability a walk ends at each step
 * @param neighbours from how many products walks to a product are kept
 */
record PopularitySearch(Features features, double attributes, double restart, int neighbours) {

    private static final double HIDDEN = 0.1;
    private static final int JUDGED_ACTORS = 5_000;
    private static final int READ_ACTORS = 50_000;

    // A trial: its text stands in the job's log.
    private record Favour(double popularity) {

        @Override
        public String toString() {
            return "popularity " + popularity;
        }
    }

    /**
     * Searches.
     *
     * @param choices who chose what; of a large shop a sample is looked at
     * @param seed which choices are hidden
     * @param job hears of each trial, may cancel and allows threads
     * @return the power of a product's popularity that scores are multiplied with
     */
    double best(Choices choices, long seed, JobContext job) {
        ChoiceHoldout held = choices.sample(READ_ACTORS, seed).holdOut(HIDDEN, JUDGED_ACTORS, seed);
        if (held.cases() == 0) {
            return Reach.USUAL_POPULARITY;
        }
        Graph graph = Graph.of(held.rest(), features, attributes);
        Trials<Favour> trials = new Trials<>(favour -> {
            Neighbours walks = new Reach(graph, restart, neighbours, favour.popularity()).all(choices.counting(), job);
            return held.ndcg((chosen, weights, scores) -> {
                float[] all = new float[graph.products()];
                for (int i = 0; i < chosen.length; i++) {
                    walks.add(chosen[i], weights[i], all);
                }
                System.arraycopy(all, 0, scores, 0, scores.length);
            }, job);
        }, job);
        return trials.best(List.of(new Favour(Reach.USUAL_POPULARITY), new Favour(0.7), new Favour(0.9), new Favour(1))).popularity();
    }
}
