package io.kontor.api.source;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes the records of one run of a {@link DataSource}. What it has taken is durable: it survives a kill of the process. For the thread
 * that reads.
 */
@ProviderType
public interface RecordSink {

    /** What became of a file. */
    enum FileResult {
        /** Its rows are stored, duplicates, or quarantined. */
        TAKEN,
        /** Its content was taken in an earlier run; it was not read again. */
        KNOWN,
        /** It cannot be read or its columns are not acceptable; nothing of it was taken and the run will fail in the end, naming it. */
        REFUSED,
        /** A check has seen enough rows of this entity. */
        ENOUGH
    }

    /**
     * Progress, log and cancel of the run.
     *
     * @return the job
     */
    JobContext job();

    /**
     * Whether this is a check, which stores nothing and wants only the first records of each feed. The source leaves its side as it is too.
     *
     * @return true for a check
     */
    boolean dryRun();

    /**
     * How far the entity was read, as the source itself has said with the last batch that was stored.
     *
     * @param entity one of the source's feeds
     * @return the watermark; empty at the first time and after the operator asked to read all again
     */
    Optional<String> watermark(Entity entity);

    /**
     * Takes a batch. The records and the watermark are stored in one transaction; when this returns they are durable.
     *
     * @param entity one of the source's feeds
     * @param records each by the source's own field names; texts, numbers, booleans or null; at most 10,000, best 500 to 5,000; may be
     *        empty to store the watermark alone
     * @param watermark where the next run begins, at most 100,000 characters; null to leave it where it is
     * @return false when no more records of this entity are wanted, which happens in a check
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails; nothing of the batch is stored then
     * @throws java.util.concurrent.CancellationException when the run was cancelled; let it pass
     */
    boolean records(Entity entity, List<Map<String, Object>> records, String watermark);

    /**
     * Takes a whole CSV file, unless the same content was taken before. Rows are stored in batches; a file whose run was broken off is gone
     * on with behind its last batch. The first time, the file is read through once before a row is stored, so that a truncated one is
     * refused as a whole.
     *
     * @param entity one of the source's feeds
     * @param file the file
     * @return what became of it
     * @throws IOException when the file cannot be opened
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails; the batch is not stored then
     * @throws java.util.concurrent.CancellationException when the run was cancelled; let it pass
     */
    FileResult file(Entity entity, SourceFile file) throws IOException;
}
