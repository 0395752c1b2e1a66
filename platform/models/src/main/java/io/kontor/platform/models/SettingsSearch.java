package io.kontor.platform.models;

import io.kontor.api.metric.Difference;
import io.kontor.api.model.Evaluation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A search for good settings of a plugin of a store, as it is at a moment. Immutable.
 *
 * @param job the id of the job that does it
 * @param store the store's id
 * @param plugin the plugin's id
 * @param terms what was asked for
 * @param createdAt when it was asked for
 * @param metric the family's primary metric; null before the first trial has ended
 * @param trials what was tried so far, in order; the first one is of the settings in use
 * @param outcome how the best was judged in the end; null before the end
 * @param applied when and by whom which settings were taken over; null while none were
 */
public record SettingsSearch(String job, String store, String plugin, Terms terms, Instant createdAt, Metric metric, List<Trial> trials,
        Outcome outcome, Applied applied) {

    /** The number of the trial of the settings in use. */
    public static final int PRESENT = 0;

    /** How the next settings are chosen. */
    public enum Strategy {
        /** All combinations of evenly spread values. */
        GRID,
        /** Evenly drawn. */
        RANDOM,
        /** Many with a small part of the data, the best of them with more (Jamieson and Talwalkar, 2016). */
        HALVING,
        /** By what was good so far: the tree-structured Parzen estimator (Bergstra and others, 2011). */
        TPE
    }

    /**
     * What is asked for. Immutable.
     *
     * @param strategy how the next settings are chosen
     * @param trials how many settings are tried at most, beside those in use
     * @param seconds how long is tried at most; judging the best at the end comes on top
     * @param seed the only source of randomness
     * @param ranges where it looks for which settings; others stay as they are
     * @param apply whether the best settings are taken over at the end when they are better than those in use
     */
    public record Terms(Strategy strategy, int trials, long seconds, long seed, List<SettingRange> ranges, boolean apply) {

        /** Copies the ranges. */
        public Terms {
            Objects.requireNonNull(strategy, "strategy");
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * By what trials are judged. Immutable.
     *
     * @param name its name
     * @param higherIsBetter its direction
     */
    public record Metric(String name, boolean higherIsBetter) {
    }

    /**
     * Settings that were tried. Immutable.
     *
     * @param number from {@link #PRESENT} on
     * @param settings those searched over
     * @param share which share of the training window was learned from, the latest part of it; 1 for all
     * @param score the family's primary metric on the validation part; NaN when the trial failed
     * @param metrics all metrics on the validation part; empty when it failed
     * @param seconds how long it took
     * @param endedAt when it ended
     * @param error why it failed, in one plain sentence; null when it did not
     */
    public record Trial(int number, Map<String, Object> settings, double share, double score, Map<String, Double> metrics, double seconds,
            Instant endedAt, String error) {

        /**
         * Whether it failed.
         *
         * @return true when there is no score
         */
        public boolean failed() {
            return Double.isNaN(score);
        }
    }

    /**
     * How the best settings did on the held-out part, which no trial saw. Immutable.
     *
     * @param trial the number of the best trial
     * @param best the best settings
     * @param present the settings in use when the search began
     * @param baseline the family's baseline; null when there is none
     * @param difference the primary metric of the best less that of the present; null when the best are the present ones
     * @param reason the result in one plain sentence
     */
    public record Outcome(int trial, Evaluation best, Evaluation present, Evaluation baseline, Difference difference, String reason) {
    }

    /**
     * That settings were taken over. Immutable.
     *
     * @param trial the number of the trial
     * @param at when
     * @param by who had it done
     */
    public record Applied(int trial, Instant at, String by) {
    }

    /** Copies the trials. */
    public SettingsSearch {
        trials = List.copyOf(trials);
    }

    /**
     * The trial with the best score of those with the largest share of the training window.
     *
     * @return the best one, the earliest when there are several; empty when all failed
     */
    public Optional<Trial> best() {
        double share = trials.stream().filter(trial -> !trial.failed()).mapToDouble(Trial::share).max().orElse(0);
        Comparator<Trial> order = Comparator.comparingDouble(trial -> metric.higherIsBetter() ? -trial.score() : trial.score());
        return trials.stream().filter(trial -> !trial.failed() && trial.share() == share).min(order.thenComparing(Trial::number));
    }
}
