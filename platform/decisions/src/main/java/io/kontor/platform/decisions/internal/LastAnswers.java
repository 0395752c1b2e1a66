package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Optional;

/**
 * What plugins answered lately, so that the same question has an answer when the plugin fails. Kept for a short time only: it is about
 * persons, and they act. Safe for use by many threads.
 */
final class LastAnswers {

    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofMinutes(5);

    /** About 10 MB with the reasons that plugins usually give; what lives longer at a high rate costs collections of the whole heap. */
    private static final long MOST_ITEMS = 20_000;

    private final Ticker clock;
    private final Cache<Question, Kept> answers;

    /** The same question to the same plugin of the same store. */
    private record Question(String store, String plugin, String version, Object asked) {
    }

    private record Kept(Object value, int weight, Answer.ServedBy by, long at) {
    }

    /**
     * An earlier answer.
     *
     * @param value what of it may still be given
     * @param by who gave it
     * @param seconds how old it is
     * @param <A> type of the answer
     */
    record Found<A>(A value, Answer.ServedBy by, long seconds) {
    }

    LastAnswers(Ticker clock) {
        this.clock = clock;
        this.answers = Caffeine.newBuilder().maximumWeight(MOST_ITEMS).<Question, Kept>weigher((q, kept) -> 1 + kept.weight())
                .expireAfterWrite(KEPT).ticker(clock).executor(Runnable::run).build();
    }

    private static Optional<Question> question(PluginInstance instance, Asked<?> asked) {
        return asked.sameAs().map(same -> new Question(instance.store(), instance.plugin(), instance.version().toString(), same));
    }

    <A> void keep(PluginInstance instance, Asked<A> asked, A value, Answer.ServedBy by) {
        int weight = asked.weight(value);
        if (weight > 0) {
            question(instance, asked).ifPresent(question -> answers.put(question, new Kept(value, weight, by, clock.read())));
        }
    }

    @SuppressWarnings("unchecked")
    <A> Optional<Found<A>> find(PluginInstance instance, Asked<A> asked) {
        Kept kept = question(instance, asked).map(answers::getIfPresent).orElse(null);
        if (kept == null) {
            return Optional.empty();
        }
        return asked.still((A) kept.value()).map(still ->
                new Found<>(still, kept.by(), Duration.ofNanos(clock.read() - kept.at()).toSeconds()));
    }
}
