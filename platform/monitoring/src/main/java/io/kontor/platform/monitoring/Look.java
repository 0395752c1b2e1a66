package io.kontor.platform.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What monitoring saw of a plugin's champion at one time. Immutable.
 *
 * @param at when
 * @param model the champion's id
 * @param number its number
 * @param findings one for each thing that was looked at
 */
public record Look(Instant at, String model, int number, List<Finding> findings) {

    /** Copies the findings. */
    public Look {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(model, "model");
        findings = List.copyOf(findings);
    }

    /**
     * The same without histograms.
     *
     * @return a copy
     */
    public Look figuresOnly() {
        return new Look(at, model, number, findings.stream().map(Finding::figuresOnly).toList());
    }
}
