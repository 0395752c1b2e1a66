package io.kontor.api.metric;

/**
 * Tests of a difference that may be looked at as often as one likes and stopped at any time: the mixture sequential probability ratio test of
 * Robbins (Statistical methods related to the law of the iterated logarithm, 1970) as Johari, Pekelis and Walsh use it for A/B tests (Always
 * valid inference, 2015, section 4), for differences of means that are nearly normal. The chance that a difference which is none is ever
 * called one is at most what the level says. The price is a wider interval than that of a test with one look.
 *
 * <p>Immutable.
 *
 * @param scale the standard deviation of the differences that one expects, in the measure's unit, above 0: the test is quickest for
 *     differences of about this size, but valid for all
 * @param level the confidence, above 0 and below 1
 */
public record AlwaysValid(double scale, double level) {

    /** Checks the bounds. */
    public AlwaysValid {
        if (!(scale > 0) || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a scale above 0 and a level between 0 and 1 are needed, not " + scale + " and " + level);
        }
    }

    /**
     * The evidence against no difference as a probability that stays valid: 1 / the likelihood ratio, at most 1. Of several looks the least
     * one counts.
     *
     * @param difference the difference seen
     * @param standardError of the difference, at least 0
     * @return 0 to 1; NaN when one of both is
     */
    public double pValue(double difference, double standardError) {
        double variance = standardError * standardError;
        double mixture = scale * scale;
        double log = Math.log(variance / (variance + mixture)) / 2
                + mixture * difference * difference / (2 * variance * (variance + mixture));
        return standardError == 0 ? difference == 0 ? 1 : 0 : Math.min(1, Math.exp(-log));
    }

    /**
     * Where the true difference lies, for all looks at once.
     *
     * @param difference the difference seen
     * @param standardError of the difference, at least 0
     * @return the interval of all differences whose evidence is not beyond the level; of NaN when one of both is NaN
     */
    public Interval interval(double difference, double standardError) {
        double variance = standardError * standardError;
        double mixture = scale * scale;
        double reach = variance == 0 ? 0 : Math.sqrt(2 * variance * (variance + mixture) / mixture
                * (Math.log(1 / (1 - level)) + Math.log((variance + mixture) / variance) / 2));
        return Double.isNaN(difference - reach) ? new Interval(Double.NaN, Double.NaN, level)
                : new Interval(difference - reach, difference + reach, level);
    }
}
