package io.kontor.platform.models.internal;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.job.JobContext;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A snapshot whose interactions were read from the database once and are read again from a file. A training run passes over them a dozen
 * times, and a pass over a file takes a tenth of the time. Everything else is the database's, and what is told for the provenance is what
 * the database's own snapshot would tell.
 */
final class RecordedSnapshot implements Snapshot {

    private final Snapshot source;
    private final InteractionFile file;
    private final SnapshotInfo whole;
    private final Instant from;
    private final Instant until;
    private boolean replayed;
    private boolean counted;
    private boolean furtherRead;

    private RecordedSnapshot(Snapshot source, InteractionFile file, SnapshotInfo whole, Instant from, Instant until) {
        this.source = source;
        this.file = file;
        this.whole = whole;
        this.from = from;
        this.until = until;
    }

    /**
     * Reads the interactions once.
     *
     * @param database the snapshot, which stays open as long as this is used
     * @param files where the file comes to lie; it goes with {@link #close}
     * @param job cancel
     * @return a snapshot of the same records
     * @throws IOException when the disk fails or is full
     */
    static RecordedSnapshot of(Snapshot database, ArtifactFiles files, JobContext job) throws IOException {
        Snapshot source = database.window(null, null);
        InteractionFile file = InteractionFile.record(source, files, job);
        return new RecordedSnapshot(source, file, source.info(), null, null);
    }

    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        file.replay(from, until, batches);
        replayed = true;
    }

    @Override
    public void read(Entity entity, Consumer<ColumnBatch> batches) {
        source.read(entity, batches);
        furtherRead = true;
    }

    @Override
    public RecordedSnapshot window(Instant start, Instant end) {
        Instant first = start == null || from != null && from.isAfter(start) ? from : start;
        Instant last = end == null || until != null && until.isBefore(end) ? until : end;
        return new RecordedSnapshot(source.window(first, last), file, whole, first, last);
    }

    /** Asks the database again only for a narrower window, or when more than the interactions was read. */
    @Override
    public SnapshotInfo info() {
        if (replayed && !furtherRead && from == null && until == null) {
            return whole;
        }
        if (replayed && !counted) {
            source.interactions(batch -> { });
            counted = true;
        }
        return source.info();
    }

    /** Removes the file; the database's snapshot is its owner's to close. */
    @Override
    public void close() {
        file.delete();
    }
}
