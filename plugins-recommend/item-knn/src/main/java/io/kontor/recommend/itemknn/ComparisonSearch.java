package io.kontor.recommend.itemknn;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Trials;
import io.kontor.api.job.JobContext;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Chooses what the operator left open by what is found again of hidden choices.
 *
 * @param method what makes two products similar
 * @param neighbours how many are kept for each product; 0 when open
 * @param shrinkage in customers; below 0 when open
 */
record ComparisonSearch(Method method, int neighbours, double shrinkage) {

    // Smaller gains on hidden choices were none on others.
    private static final double WORTH_IT = 1.02;
    private static final double HIDDEN = 0.2;
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
    Comparison best(Choices choices, long seed, JobContext job) {
        Comparison usual = new Comparison(method, neighbours > 0 ? neighbours : 100, shrinkage >= 0 ? shrinkage : 10, 1, 1.25);
        if (neighbours > 0 && shrinkage >= 0) {
            return usual;
        }
        ChoiceHoldout held = choices.sample(READ_ACTORS, seed).holdOut(HIDDEN, JUDGED_ACTORS, seed);
        if (held.cases() == 0) {
            return usual;
        }
        Trials<Comparison> trials = new Trials<>(one -> held.ndcg(one.over(held.rest(), job)::addAll, job), job);
        Comparison best = trials.climb(usual, List.of(this::localities, this::evennesses, this::lengths, this::shrinkages));
        return trials.quality(best) > WORTH_IT * trials.quality(usual) ? best : usual;
    }

    private List<Comparison> localities(Comparison best) {
        return method != Method.ASYMMETRIC_COSINE ? List.of() : DoubleStream.of(1, 1.25, 2, 3)
                .mapToObj(one -> new Comparison(method, best.neighbours(), best.shrinkage(), best.evenness(), one)).toList();
    }

    private List<Comparison> evennesses(Comparison best) {
        return method != Method.ASYMMETRIC_COSINE ? List.of() : DoubleStream.of(0.5, 0.75, 1)
                .mapToObj(one -> new Comparison(method, best.neighbours(), best.shrinkage(), one, best.locality())).toList();
    }

    private List<Comparison> lengths(Comparison best) {
        return neighbours > 0 ? List.of() : IntStream.of(15, 25, 50, 100, 200, 400)
                .mapToObj(one -> new Comparison(method, one, best.shrinkage(), best.evenness(), best.locality())).toList();
    }

    private List<Comparison> shrinkages(Comparison best) {
        return shrinkage >= 0 ? List.of() : DoubleStream.of(0, 3, 10, 30, 100)
                .mapToObj(one -> new Comparison(method, best.neighbours(), one, best.evenness(), best.locality())).toList();
    }
}
