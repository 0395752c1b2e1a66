package io.kontor.platform.decisions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a model with the alias shadow would have answered beside the champion, on a sample of the live requests. Asked after the answer was
 * given, on a thread of its own, from a bounded queue: when it is full, samples are left out. A service; safe for use by several threads.
 */
@ProviderType
public interface ShadowComparison {

    /** What is measured, and from where to where its histogram goes; what lies outside is counted at the edge. */
    enum Measure {
        /** Which share of the products both lists have. */
        OVERLAP(0, 1),
        /** Rank-biased overlap of the lists (Webber, Moffat and Zobel, 2010), extrapolated, with a persistence of 0.9. */
        RANK_BIASED_OVERLAP(0, 1),
        /** By how many percent the shadow's mean forecast is above the champion's. */
        MEAN_PERCENT(-100, 100),
        /** By how many percent the shadow's expected demand at the prices asked for is above the champion's. */
        DEMAND_PERCENT(-100, 100),
        /** By how many percent the shadow's elasticity is above the champion's, in size. */
        ELASTICITY_PERCENT(-100, 100),
        /** By how much the shadow's score is above the champion's. */
        SCORE(-1, 1),
        /** 1 where the verdicts differ. */
        VERDICT_CHANGED(0, 1),
        /** How long the champion took: the decimal logarithm of milliseconds. */
        CHAMPION_MILLIS(-2, 3),
        /** How long the shadow took: the decimal logarithm of milliseconds. */
        SHADOW_MILLIS(-2, 3),
        /** 1 where the shadow failed or was late. */
        FAILED(0, 1);

        /** How many bins a histogram has. */
        public static final int BINS = 20;

        private final double low;
        private final double high;

        Measure(double low, double high) {
            this.low = low;
            this.high = high;
        }

        /**
         * The bin of a value.
         *
         * @param value a number
         * @return 0 to {@value #BINS} - 1
         */
        public int bin(double value) {
            return (int) Math.max(0, Math.min(BINS - 1, Math.floor((value - low) / (high - low) * BINS)));
        }

        /**
         * Where a bin begins.
         *
         * @param bin 0 to {@value #BINS}
         * @return its lower edge
         */
        public double edge(int bin) {
            return low + (high - low) * bin / BINS;
        }
    }

    /**
     * One measure over all samples. Arrays are not to be changed.
     *
     * @param measure which
     * @param cases how many samples
     * @param mean of them; of latencies in milliseconds
     * @param bins how many samples are in each bin
     */
    record Spread(Measure measure, long cases, double mean, long[] bins) {
    }

    /**
     * One hour.
     *
     * @param hour its beginning
     * @param cases how many samples
     * @param mean of the family's first measure; NaN when no sample has it
     */
    record Hour(Instant hour, long cases, double mean) {
    }

    /**
     * A sample.
     *
     * @param time when
     * @param subject what it was about; may be empty
     * @param champion the champion's answer as JSON
     * @param shadow the shadow's answer as JSON
     */
    record Example(Instant time, String subject, String champion, String shadow) {
    }

    /**
     * The comparison of one shadow with one champion.
     *
     * @param champion id of the model that served
     * @param shadow id of the model beside it
     * @param main the family's first measure
     * @param spreads the measures that there are samples of
     * @param hours the latest hours with samples, the earliest first
     * @param examples the latest samples, the newest first
     * @param leftOut samples left out since the server started because the queue was full, for all stores
     */
    record Compared(String champion, String shadow, Measure main, List<Spread> spreads, List<Hour> hours, List<Example> examples,
            long leftOut) {
    }

    /**
     * The comparison of a plugin's present shadow with its present champion; samples of the calls before included.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return the comparison, without samples when there are none yet; empty when there is no shadow or no champion
     */
    Optional<Compared> of(String store, String plugin);
}
