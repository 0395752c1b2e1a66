package io.kontor.platform.models.internal;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.job.JobContext;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Consumer;

/**
 * A snapshot whose interactions are read from the database once, at the first time of asking, and from then on from a file that all runs
 * over the same records share. A training run
 * of a recommender passes over them a dozen times, and a pass over a file takes a tenth of the time. Everything else is the database's, and
 * what is told for the provenance is what the database's own snapshot would tell.
 */
final class RecordedSnapshot implements Snapshot {

    private final Snapshot source;
    private final Snapshot database;
    private final Recordings.Recording recording;
    private final JobContext job;
    private final Instant from;
    private final Instant until;
    private boolean replayed;
    private boolean counted;
    private boolean furtherRead;

    private RecordedSnapshot(RecordedSnapshot whole, Snapshot source, Instant from, Instant until) {
        this.database = whole.database;
        this.recording = whole.recording;
        this.job = whole.job;
        this.source = source;
        this.from = from;
        this.until = until;
    }

    private RecordedSnapshot(Snapshot database, Recordings.Recording recording, JobContext job) {
        this.database = database;
        this.recording = recording;
        this.job = job;
        this.source = database.window(null, null);
        this.from = null;
        this.until = null;
    }

    /**
     * A snapshot of the same records.
     *
     * @param database the snapshot, which stays open as long as this is used
     * @param recording where they are read from, which stays open as long as this is used
     * @param job cancel
     * @return the snapshot
     */
    static RecordedSnapshot of(Snapshot database, Recordings.Recording recording, JobContext job) {
        return new RecordedSnapshot(database, recording, job);
    }

    /**
     * Replays the file.
     *
     * @throws UncheckedIOException when the disk fails or is full
     */
    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        recording.file(database, job).replay(from, until, batches);
        replayed = true;
    }

    @Override
    public void read(Entity entity, Consumer<ColumnBatch> batches) {
        source.read(entity, batches);
        furtherRead = true;
    }

    @Override
    public void dailySales(ZoneId zone, Consumer<ColumnBatch> batches) {
        source.dailySales(zone, batches);
        furtherRead = true;
    }

    @Override
    public RecordedSnapshot window(Instant start, Instant end) {
        Instant first = start == null || from != null && from.isAfter(start) ? from : start;
        Instant last = end == null || until != null && until.isBefore(end) ? until : end;
        return new RecordedSnapshot(this, source.window(first, last), first, last);
    }

    @Override
    public long position() {
        return source.position();
    }

    /** Asks the database again only for a narrower window, or when more than the interactions was read. */
    @Override
    public SnapshotInfo info() {
        if (replayed && !furtherRead && from == null && until == null) {
            return recording.whole();
        }
        if (replayed && !counted) {
            source.interactions(batch -> { });
            counted = true;
        }
        return source.info();
    }

    /** Does nothing: the recording and the database's snapshot are their owner's to close. */
    @Override
    public void close() {
        // see above
    }
}
