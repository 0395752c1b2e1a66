package io.kontor.platform.models;

import io.kontor.api.job.JobContext;
import io.kontor.api.model.Evaluation;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Compares models with what came after them. A service; safe for use by several threads; passes over the store's records. */
@ProviderType
public interface ModelChecks {

    /** Fewer rows of a window are not looked at, if an earlier beginning gives more. */
    int FEWEST_ROWS = 200;

    /**
     * What a model learned from and how it answered.
     *
     * @param store the store's id
     * @param model the model's id
     * @return its profile; empty for a model that has none, such as one that was made by an earlier version of the server
     */
    Optional<ReferenceProfile> profile(String store, String model);

    /**
     * The store's latest records in the bins of a reference: those of the last 7 days, or of 28 or 91 where there are fewer than
     * {@value #FEWEST_ROWS} of them. Whole weeks, so that each day of the week counts alike. Records without a time come whole.
     *
     * @param store the store's id
     * @param family whose plugin learned from the records: it sees those that it may
     * @param reference with the bins
     * @param job progress and cancel
     * @return the same sources and columns with the present counts; without predictions
     */
    ReferenceProfile latest(String store, String family, ReferenceProfile reference, JobContext job);

    /**
     * How good the champion is on what came after the records that it learned from, measured as at its training.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param job progress and cancel
     * @return metrics; empty when there is no champion, it does not run, or too little came since
     * @throws io.kontor.api.KontorException when the plugin fails
     */
    Optional<Evaluation> since(String store, String plugin, JobContext job);

    /**
     * The champion beside the one before it, on the same cases.
     *
     * @param metric the primary metric of the family
     * @param champion the champion's
     * @param before that of the one before
     * @param cases on how many cases
     * @param worse whether the champion is clearly worse: as surely as the release policy wants to know it
     */
    record Beside(String metric, double champion, double before, long cases, boolean worse) {
    }

    /**
     * How the champion does beside the one before it on what came after the records that the champion learned from, which neither has seen.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param job progress and cancel
     * @return both; empty when there is none to go back to, the plugin does not run, or too little came since
     * @throws io.kontor.api.KontorException when the plugin fails
     */
    Optional<Beside> beside(String store, String plugin, JobContext job);
}
