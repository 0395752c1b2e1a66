package io.kontor.platform.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How new models of a plugin come to serve for a store, and what sends them back. Immutable.
 *
 * <p>The first model of a plugin serves at once unless it is clearly worse than the baseline. A later one that passes the comparison becomes
 * the champion, or waits for a person, or answers a share of the requests first. Guards watch it there, and as the champion for some time
 * after.
 *
 * @param promotion who promotes a model that passes the comparison
 * @param comparison what a model must be beside the baseline and the champion's settings, on the same held-out cases
 * @param marginPercent by how much of the rival's value; 0 to 100
 * @param confidencePercent how sure the comparison must be; 50 to 99.99
 * @param canary whether and how it answers a share of the requests first
 * @param guards what sends it back
 * @param shadowPercent which share of the requests the model with the alias shadow is asked too; 0 to 100
 */
public record ReleasePolicy(Promotion promotion, Comparison comparison, double marginPercent, double confidencePercent, Canary canary,
        Guards guards, double shadowPercent) {

    /** What holds where nobody said anything else. */
    public static final ReleasePolicy DEFAULT = new ReleasePolicy(Promotion.AUTOMATIC, Comparison.NOT_WORSE, 0, 95,
            new Canary(0, 60, 1_000), new Guards(5, 250, true, 24), 10);

    private static final double HUNDRED = 100;
    private static final int MOST_MINUTES = 90 * 24 * 60;
    private static final int MOST_CASES = 1_000_000;
    private static final int MOST_MILLIS = 60_000;
    private static final int MOST_HOURS = 90 * 24;

    /** Who promotes. */
    public enum Promotion {
        /** The server does. */
        AUTOMATIC,
        /** A person does. */
        BY_HAND
    }

    /** What passes. */
    public enum Comparison {
        /** All that is not clearly worse than a rival, by the margin. */
        NOT_WORSE,
        /** Only what is clearly better than each rival, by the margin. */
        BETTER
    }

    /**
     * A share of the requests that a new model answers before it becomes the champion.
     *
     * @param percent the share; 0 for no canary, at most 100
     * @param minutes how long at least
     * @param cases how many answers at least
     */
    public record Canary(double percent, int minutes, int cases) {
    }

    /**
     * What sends a model back.
     *
     * @param errorPercent more failed answers than this; 100 switches it off
     * @param p95Millis more than a twentieth of the answers slower than this; 0 switches it off
     * @param quality whether outcomes that are clearly worse than the champion's do
     * @param hours for how long a new champion is watched; 0 switches it off
     */
    public record Guards(double errorPercent, int p95Millis, boolean quality, int hours) {
    }

    /**
     * A value out of range.
     *
     * @param field its name, with dots
     * @param least the smallest value
     * @param most the greatest value
     */
    public record Fault(String field, double least, double most) {

        /**
         * What it must be, in words.
         *
         * @return the rest of a sentence that begins with the field's name
         */
        public String message() {
            return "must be from " + text(least) + " to " + text(most);
        }
    }

    /** Checks that nothing is null. */
    public ReleasePolicy {
        Objects.requireNonNull(promotion, "promotion");
        Objects.requireNonNull(comparison, "comparison");
        Objects.requireNonNull(canary, "canary");
        Objects.requireNonNull(guards, "guards");
    }

    /**
     * What is out of range.
     *
     * @return empty when all is well
     */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        between(faults, "marginPercent", marginPercent, 0, HUNDRED);
        between(faults, "confidencePercent", confidencePercent, 50, 99.99);
        between(faults, "canary.percent", canary.percent, 0, HUNDRED);
        between(faults, "canary.minutes", canary.minutes, 0, MOST_MINUTES);
        between(faults, "canary.cases", canary.cases, 0, MOST_CASES);
        between(faults, "guards.errorPercent", guards.errorPercent, 0.1, HUNDRED);
        between(faults, "guards.p95Millis", guards.p95Millis, 0, MOST_MILLIS);
        between(faults, "guards.hours", guards.hours, 0, MOST_HOURS);
        between(faults, "shadowPercent", shadowPercent, 0, HUNDRED);
        return faults;
    }

    private static void between(List<Fault> faults, String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            faults.add(new Fault(field, least, most));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
