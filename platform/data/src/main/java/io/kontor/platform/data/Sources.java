package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import io.kontor.platform.jobs.Starter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The data sources of stores: what they read, how far, and what came of it. A service; safe for use by several threads. */
@ProviderType
public interface Sources {

    /**
     * A source that is enabled for a store.
     *
     * @param plugin the plugin's id
     * @param running whether its instance is there; without it nothing is known of its feeds but what was read before
     * @param job the job that read it last; null before
     * @param lastRun when it was read last; null before
     * @param finished when that ended; null while it goes on, or when it was broken off
     * @param error why the last run failed, in one plain sentence; null when it did not
     * @param feeds what it reads
     */
    record Source(String plugin, boolean running, String job, Instant lastRun, Instant finished, String error, List<FeedState> feeds) {
    }

    /**
     * One kind of records that a source reads. Counts are those of all runs since all was read again.
     *
     * @param entity which records
     * @param from where they come from; null when the source no longer reads them
     * @param mapping canonical column to the source's field, with its hints
     * @param watermark how far they were read; null when the source keeps none
     * @param files how many files were taken
     * @param read rows read
     * @param stored rows that were new or changed
     * @param duplicates rows that were there already
     * @param quarantined rows put aside
     */
    record FeedState(Entity entity, String from, Map<String, String> mapping, String watermark, long files, long read, long stored,
            long duplicates, long quarantined) {
    }

    /**
     * What a check has found: the first rows of each feed as they would be taken. Nothing of it is kept.
     *
     * @param feeds by entity
     * @param refused files that would be refused, each with its reason
     * @param error why the source could not be read; null when it could
     */
    record Preview(List<FeedPreview> feeds, List<String> refused, String error) {
    }

    /**
     * The first rows of a feed.
     *
     * @param entity which records
     * @param from where they come from
     * @param leftOut fields of the source that are not taken
     * @param rows the rows
     */
    record FeedPreview(Entity entity, String from, List<String> leftOut, List<PreviewRow> rows) {
    }

    /** What would become of a row. */
    enum Verdict {
        /** It is new, or changes what is there. */
        STORED,
        /** It is there already. */
        DUPLICATE,
        /** It would be put aside. */
        QUARANTINED
    }

    /**
     * A row.
     *
     * @param line its line in the file, else its place in the run, from 1
     * @param verdict what would become of it
     * @param field the field at fault; empty when none is
     * @param reason what is wrong with it; empty when nothing is
     * @param values canonical columns as they would be stored; of a bad row as they came
     */
    record PreviewRow(long line, Verdict verdict, String field, String reason, Map<String, String> values) {
    }

    /**
     * All sources that are enabled for a store.
     *
     * @param store the id of an existing store
     * @return by plugin id
     */
    List<Source> list(String store);

    /**
     * One source.
     *
     * @param store the id of an existing store
     * @param plugin the plugin's id
     * @return the source; empty when the plugin is not enabled there or is none
     */
    Optional<Source> find(String store, String plugin);

    /**
     * Submits the job that reads a source. While one waits in the queue, gives that one.
     *
     * @param store the id of an existing store
     * @param plugin the id of a source that is enabled for it
     * @param by who wants it
     * @return the job's id; its result has the counts by entity
     */
    String run(String store, String plugin, Starter by);

    /**
     * Reads the first rows and says what would become of them; stores nothing. Blocks until they are read, a minute at most.
     *
     * @param store the id of an existing store
     * @param plugin the id of a source that is enabled for it
     * @return the rows
     * @throws io.kontor.api.KontorException of kind CAPACITY when too many checks are made at once, of kind PLUGIN when the source does not run
     */
    Preview check(String store, String plugin);

    /**
     * Forgets how far a source was read, so that the next run reads all again. What is stored stays; reading it again stores nothing twice.
     *
     * @param store the id of an existing store
     * @param plugin the plugin's id
     * @return false when the source is being read at this moment; nothing is forgotten then
     */
    boolean forget(String store, String plugin);
}
