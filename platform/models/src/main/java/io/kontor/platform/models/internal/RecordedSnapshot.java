package io.kontor.platform.models.internal;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.job.JobContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Consumer;

/**
 * A snapshot whose interactions are read from the database once, at the first time of asking, and from then on from a file. A training run
 * of a recommender passes over them a dozen times, and a pass over a file takes a tenth of the time. Everything else is the database's, and
 * what is told for the provenance is what the database's own snapshot would tell.
 */
final class RecordedSnapshot implements Snapshot {

    private final Snapshot source;
    private final Recording recording;
    private final Instant from;
    private final Instant until;
    private boolean replayed;
    private boolean counted;
    private boolean furtherRead;

    /** The file that all windows share. */
    private static final class Recording {

        private final Snapshot database;
        private final ArtifactFiles files;
        private final JobContext job;
        private InteractionFile file;
        private SnapshotInfo whole;

        Recording(Snapshot database, ArtifactFiles files, JobContext job) {
            this.database = database;
            this.files = files;
            this.job = job;
        }

        InteractionFile file() {
            if (file == null) {
                try {
                    Snapshot source = database.window(null, null);
                    file = InteractionFile.record(source, files, job);
                    whole = source.info();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return file;
        }

        void delete() {
            if (file != null) {
                file.delete();
            }
        }
    }

    private RecordedSnapshot(Snapshot source, Recording recording, Instant from, Instant until) {
        this.source = source;
        this.recording = recording;
        this.from = from;
        this.until = until;
    }

    /**
     * A snapshot of the same records.
     *
     * @param database the snapshot, which stays open as long as this is used
     * @param files where the file comes to lie; it goes with {@link #close}
     * @param job cancel
     * @return the snapshot
     */
    static RecordedSnapshot of(Snapshot database, ArtifactFiles files, JobContext job) {
        return new RecordedSnapshot(database.window(null, null), new Recording(database, files, job), null, null);
    }

    /**
     * Replays the file.
     *
     * @throws UncheckedIOException when the disk fails or is full
     */
    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        recording.file().replay(from, until, batches);
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
        return new RecordedSnapshot(source.window(first, last), recording, first, last);
    }

    /** Asks the database again only for a narrower window, or when more than the interactions was read. */
    @Override
    public SnapshotInfo info() {
        if (replayed && !furtherRead && from == null && until == null) {
            return recording.whole;
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
        recording.delete();
    }
}
