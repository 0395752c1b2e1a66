package io.kontor.platform.decisions;

import io.kontor.api.metric.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Experiments on placements. A customer, or a visitor whom the shop names, sees the same variant as long as an experiment lasts, on every
 * node; whoever cannot be recognised is given one by chance, each time. A service; safe for use by several threads.
 */
@ProviderType
public interface Experiments {

    /** What is compared, always by customer or visitor, as these decide independently of each other. */
    enum Measure {
        /** Which share of them clicked. */
        CLICKERS,
        /** Which share of them bought. */
        BUYERS,
        /** What they brought on average. */
        REVENUE
    }

    /** What one may conclude. */
    enum Verdict {
        /** The shares of the variants are not what they should be: something is broken, and nothing else can be believed. */
        BROKEN,
        /** It has not run for long enough, or with too few. */
        TOO_EARLY,
        /** No difference has been found that would not come by chance. */
        NO_DIFFERENCE,
        /** A variant is better than the first one. */
        BETTER,
        /** All that differ are worse than the first one. */
        WORSE
    }

    /**
     * A difference without the part that comes of whom chance put where, as far as it can be told by what known customers had bought in the 90
     * days before their first answer: CUPED as of Deng, Xu, Kohavi and Walker (Improving the sensitivity of online controlled experiments by
     * utilizing pre-experiment data, 2013, section 3). Who is not known counts as is. The true difference is the same one.
     *
     * @param customers how many of both variants are known customers
     * @param difference the variant's adjusted mean less the first one's
     * @param interval where the true difference lies with 95 % for one look, by the normal distribution
     * @param anytime where it lies whenever one looks, for all variants at once
     * @param evidence the probability that stays valid whenever one looks
     * @param narrower by which share the interval for all looks is narrower than without, 0 to 1
     */
    record Adjusted(long customers, double difference, Interval interval, Interval anytime, double evidence, double narrower) {
    }

    /**
     * By how much a variant differs from the first one.
     *
     * @param measure what is compared
     * @param difference the variant's mean less the first one's
     * @param interval where the true difference lies with 95 % for one look: of shares as of Newcombe (1998), of means as of Welch (1947)
     * @param pValue of Welch's test; NaN where nothing varies
     * @param anytime where it lies whenever one looks ({@link io.kontor.api.metric.AlwaysValid}), for all variants at once
     * @param evidence the probability that stays valid whenever one looks and however many variants there are; below 0.05 there is a
     *     difference
     * @param adjusted the same with what customers had bought before taken off; empty where that is not known or tells nothing
     */
    record Comparison(Measure measure, double difference, Interval interval, double pValue, Interval anytime, double evidence,
            Optional<Adjusted> adjusted) {

        /**
         * Whether there is a difference, whenever one looks.
         *
         * @return 1 for more, -1 for less, 0 when it is not known
         */
        public int sign() {
            return evidence < 0.05 ? (int) Math.signum(difference) : 0;
        }
    }

    /**
     * How a variant stands.
     *
     * @param variant its id
     * @param title what people call it
     * @param share its share of the visitors as it should be, 0 to 1
     * @param units customers and visitors who were given answers
     * @param answers how many
     * @param impressions how many of these were seen, as far as the shop says
     * @param clickThrough which share of the impressions, or of the answers where the shop tells none, had a click
     * @param clickers which share of the units clicked
     * @param buyers which share of the units bought
     * @param revenue what a unit brought on average
     * @param comparisons with the first variant; empty for the first
     */
    record Standing(String variant, String title, double share, long units, long answers, long impressions, Measures.Estimate clickThrough,
            Measures.Estimate clickers, Measures.Estimate buyers, Measures.Estimate revenue, List<Comparison> comparisons) {
    }

    /**
     * How an experiment stands.
     *
     * @param experiment the experiment
     * @param variants in their order
     * @param sharesProbability how probable it is that the variants got so many by chance, by the test of Pearson (1900); NaN without any
     * @param sharesBroken whether that is below 0.001, in which case nothing else may be believed
     * @param days for how many it has run
     * @param enough whether it has run for long enough and with enough
     * @param verdict what one may conclude, by the share of buyers, or of clickers when nobody has bought anything
     * @param best the variant that is better; empty when none is
     */
    record Results(Experiment experiment, List<Standing> variants, double sharesProbability, boolean sharesBroken, double days,
            boolean enough, Verdict verdict, Optional<String> best) {
    }

    /**
     * A store's experiments.
     *
     * @param store the store's id
     * @return in order of their ids
     */
    List<Experiment> list(String store);

    /**
     * One experiment.
     *
     * @param store the store's id
     * @param id the experiment's id
     * @return the experiment, or empty when there is none
     */
    Optional<Experiment> find(String store, String id);

    /**
     * Begins an experiment, or changes the titles and the least run of one that runs. What it tries can be changed only by beginning anew,
     * under another id or after removing it.
     *
     * @param store the id of an existing store
     * @param experiment the experiment
     * @param by who wants it
     * @return the experiment as it is kept
     * @throws FormRefusedException naming every field at fault
     */
    Experiment put(String store, Experiment experiment, String by) throws FormRefusedException;

    /**
     * Removes an experiment with all that was counted in it.
     *
     * @param store the store's id
     * @param id the experiment's id
     * @return whether there was one
     */
    boolean delete(String store, String id);

    /**
     * How an experiment stands.
     *
     * @param store the store's id
     * @param id the experiment's id
     * @return how it stands, or empty when there is none
     */
    Optional<Results> results(String store, String id);

    /**
     * Ends an experiment. The winner's definition becomes the placement.
     *
     * @param store the store's id
     * @param id the id of an experiment that runs
     * @param winner the id of a variant; empty to leave the placement as it is
     * @param by who wants it
     * @return the experiment as it is kept
     * @throws FormRefusedException when it does not run or has no such variant
     * @throws java.util.NoSuchElementException when there is no such experiment
     */
    Experiment finish(String store, String id, Optional<String> winner, String by) throws FormRefusedException;

    /**
     * Which experiments run at some moment.
     *
     * @param store the store's id
     * @param placement the placement's id
     * @param time the moment
     * @return the one that ran; empty when there was none
     */
    default Optional<Experiment> at(String store, String placement, Instant time) {
        return list(store).stream().filter(one -> one.placement().equals(placement) && one.startedAt() != null
                && !one.startedAt().isAfter(time) && (one.finishedAt() == null || one.finishedAt().isAfter(time))).findFirst();
    }
}
