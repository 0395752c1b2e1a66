package io.kontor.api.source;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads a shop's records from where they are and hands them to the platform, which treats them exactly as imported files: every row ends
 * up stored, recognised as a duplicate, or quarantined with its reason. A component declares it with {@link io.kontor.api.plugin.Plugin} of
 * the family {@link io.kontor.api.plugin.Family#SOURCE} and is registered under this interface; its settings are those of the store.
 *
 * <p>{@link #read} is called by the platform at the times of the store's schedule ({@link io.kontor.api.plugin.Plugin#readAt}), when the
 * operator asks, and for a check that stores nothing ({@link RecordSink#dryRun}). Called on a job thread, on one node at a time and, checks
 * aside, never twice at the same time for a store; it may block and take long, and must ask
 * {@link io.kontor.api.job.JobContext#checkCancelled} often. What it throws fails the job and nothing else: what the sink has
 * acknowledged stays, and the next run goes on behind it. The instance lives as long as the plugin is enabled with these settings; when it
 * goes while it reads, the job is cancelled and begun again on the next instance.
 *
 * <p>Delivery is at least once: a source may hand a record again, for example the last ones before its watermark. As rows are known by
 * their identity, that stores nothing twice. One thing is asked for: equal lines of one order (same product, same price) come in one run
 * and, better, in one batch, because they are told apart by counting them.
 */
@ConsumerType
public interface DataSource {

    /**
     * What the source reads with its present settings. Called often, for pages and before each run; must return at once.
     *
     * @return one feed for each entity, at most one of an entity
     */
    List<Feed> feeds();

    /**
     * Reads what has come since the last time and hands it over.
     *
     * @param sink takes the records; valid until this returns; to be used by this thread only
     * @throws Exception to let the run fail; the message of a {@link io.kontor.api.KontorException} is shown as it stands
     */
    void read(RecordSink sink) throws Exception;
}
