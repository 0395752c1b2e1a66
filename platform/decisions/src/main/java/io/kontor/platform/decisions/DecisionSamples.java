package io.kontor.platform.decisions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Draws from the log of decisions, so that large logs need not be read whole. A service; safe for use by several threads. */
@ProviderType
public interface DecisionSamples {

    /** The most decisions that are drawn of a span. */
    int MOST = 10_000;

    /**
     * A decision of a plugin.
     *
     * @param time when
     * @param model the model that gave it; empty when none did
     * @param value its number: the score of an assessment, the score of the first item of a list, the mean demand of a day of a forecast;
     *     NaN when it has none
     * @param answered whether it is known what became of it
     */
    record Sample(Instant time, Optional<String> model, double value, boolean answered) {
    }

    /**
     * Decisions that a plugin gave itself, no fallback. The span is cut into equal parts, and of each the earliest ones are taken, so that
     * all times of day and days of week count.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param from the first moment
     * @param until the first moment after
     * @return at most {@value #MOST}, in order of time
     */
    List<Sample> of(String store, String plugin, Instant from, Instant until);
}
