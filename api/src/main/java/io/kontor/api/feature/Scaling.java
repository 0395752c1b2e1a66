package io.kontor.api.feature;

/** How a number is brought to a size that learners bear. Fitted to the rows of the training; missing numbers stay missing. */
public enum Scaling {
    /** As it is; right for trees, which only ask for its order. */
    NONE,
    /** Distance from the mean in standard deviations (of the sample: divided by n - 1). */
    STANDARD,
    /** 0 at the least and 1 at the greatest number seen; later ones may lie outside. */
    MIN_MAX,
    /** Distance from the median in interquartile ranges, which outliers do not move. */
    ROBUST,
    /** Logarithm of 1 + |x|, with the sign of x. */
    LOG1P,
    /** {@link #LOG1P}, then {@link #STANDARD}: for amounts and counts with a long tail. */
    LOG_STANDARD
}
