package io.kontor.platform.models.internal.search;

import java.util.Map;

/**
 * Settings that were tried. Immutable.
 *
 * @param settings by name: Long, Double, Boolean or String
 * @param share which share of the full effort was spent on them, above 0 and at most 1
 * @param loss how bad they are, less is better; NaN when they failed
 */
public record Observation(Map<String, Object> settings, double share, double loss) {

    /** Copies the settings. */
    public Observation {
        settings = Map.copyOf(settings);
    }
}
