package io.kontor.api.choice;

import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Settings of a trainer tried on the same hidden choices, of which the best is taken; each trial is a line of the job's log. What was tried
 * once is not tried again. For one thread.
 *
 * @param <S> settings, with {@code equals} and a {@code toString} for the log
 */
public final class Trials<S> {

    private static final int MOST_ROUNDS = 3;

    private final Map<S, Double> tried = new LinkedHashMap<>();
    private final ToDoubleFunction<? super S> quality;
    private final JobContext job;

    /**
     * Nothing tried yet.
     *
     * @param quality trains and judges, mostly with {@link ChoiceHoldout#ndcg}; NaN where nothing can be judged
     * @param job hears of each trial and may cancel
     */
    public Trials(ToDoubleFunction<? super S> quality, JobContext job) {
        this.quality = quality;
        this.job = job;
    }

    /**
     * The best of some settings.
     *
     * @param settings at least one, the usual one first
     * @return the one with the highest quality, of equal ones the first; the first when nothing could be judged
     */
    public S best(List<? extends S> settings) {
        S best = settings.get(0);
        for (S one : settings) {
            job.checkCancelled();
            if (quality(one) > quality(best)) {
                best = one;
            }
        }
        return best;
    }

    /**
     * Looks for the best settings one after the other: the best of the alternatives for the first, with it the best for the second, and so on,
     * and all over again until nothing changes, three times at most.
     *
     * @param usual where to begin
     * @param alternatives what to try for each setting, given the best so far
     * @return the best of all that was tried
     */
    public S climb(S usual, List<Function<S, List<S>>> alternatives) {
        S best = usual;
        S before = null;
        for (int round = 0; round < MOST_ROUNDS && !best.equals(before); round++) {
            before = best;
            for (Function<S, List<S>> setting : alternatives) {
                List<S> tried = new ArrayList<>(List.of(best));
                tried.addAll(setting.apply(best));
                best = best(tried);
            }
        }
        return best;
    }

    /**
     * How good some settings are.
     *
     * @param one tried now, unless it was before
     * @return as the trainer was judged with them
     */
    public double quality(S one) {
        Double known = tried.get(one);
        if (known == null) {
            known = quality.applyAsDouble(one);
            tried.put(one, known);
            job.log(String.format(Locale.ROOT, "%s: nDCG@10 %.4f on hidden choices", one, known));
        }
        return known;
    }
}
