package io.kontor.platform.decisions;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** How trials of models on a share of the requests stand. A service; safe for use by several threads; asks the database. */
@ProviderType
public interface Trials {

    /** What is measured of answers once it is known what became of them; more is better. */
    enum Measure {
        /** Which share of the lists led to a click, a cart or a purchase. */
        RESPONSE,
        /** One minus the squared distance of the score from what the transaction turned out to be (1 less the score of Brier, 1950). */
        SCORE_FIT,
        /** Nothing comes back for this family. */
        NONE
    }

    /**
     * One of the two models.
     *
     * @param model its id
     * @param number its number
     * @param answers how many it gave in the trial
     * @param outcomes of how many it is known what became of them
     * @param mean of what became of them; NaN when unknown
     * @param low below this the mean hardly is, whenever one looks; NaN when unknown
     * @param high above this it hardly is; NaN when unknown
     */
    record Arm(String model, int number, long answers, long outcomes, double mean, double low, double high) {
    }

    /**
     * How a trial stands.
     *
     * @param since when it began
     * @param percent which share of the customers it is made on
     * @param until when it may end at the earliest
     * @param cases how many answers it needs
     * @param measure what is measured of the outcomes
     * @param champion the model that answers the others
     * @param challenger the model on trial
     */
    record Standing(Instant since, double percent, Instant until, int cases, Measure measure, Arm champion, Arm challenger) {

        /**
         * Whether the outcomes of the challenger are worse than the champion's beyond the noise.
         *
         * @return true when their intervals lie apart
         */
        public boolean clearlyWorse() {
            return challenger.high() < champion.low();
        }
    }

    /**
     * The trial of a plugin.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return how it stands; empty when none is made
     */
    Optional<Standing> of(String store, String plugin);
}
