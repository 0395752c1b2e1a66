package io.kontor.api.choice;

import io.kontor.api.job.JobContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Settings of a trainer tried on the same hidden choices, of which the best is taken; each trial is a line of the job's log. What was tried
 * once is not tried again. For one thread.
 *
 * @param <S> settings, with {@code equals} and a {@code toString} for the log
 */
public final class Trials<S> {

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

    private double quality(S one) {
        Double known = tried.get(one);
        if (known == null) {
            known = quality.applyAsDouble(one);
            tried.put(one, known);
            job.log(String.format(Locale.ROOT, "%s: nDCG@10 %.4f on hidden choices", one, known));
        }
        return known;
    }
}
