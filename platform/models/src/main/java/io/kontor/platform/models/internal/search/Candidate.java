package io.kontor.platform.models.internal.search;

import java.util.Map;

/**
 * Settings to try. Immutable.
 *
 * @param settings by name: Long, Double, Boolean or String
 * @param share which share of the full effort is to be spent on them, above 0 and at most 1
 */
public record Candidate(Map<String, Object> settings, double share) {

    /** Copies the settings. */
    public Candidate {
        settings = Map.copyOf(settings);
    }
}
