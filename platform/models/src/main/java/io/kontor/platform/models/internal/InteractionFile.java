package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/** The interactions of a snapshot one after the other in a file, some sixty bytes each, so that memory stays flat whatever their number. */
final class InteractionFile {

    private static final int BUFFER = 1 << 16;

    private final ArtifactFiles files;
    private final Path path;
    private long rows;
    private long bytes;

    private InteractionFile(ArtifactFiles files) throws IOException {
        this.files = files;
        this.path = files.scratch();
    }

    /**
     * Reads all interactions and writes them down.
     *
     * @param source read once
     * @param files where the file comes to lie
     * @param job cancel
     * @return the file; to be deleted
     * @throws IOException when the disk fails or is full; nothing is left
     */
    static InteractionFile record(Snapshot source, ArtifactFiles files, JobContext job) throws IOException {
        InteractionFile file = new InteractionFile(files);
        boolean whole = false;
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file.path), BUFFER))) {
            source.interactions(batch -> {
                job.checkCancelled();
                file.append(batch, out);
            });
            out.flush();
            file.bytes = Files.size(file.path);
            whole = true;
            return file;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!whole) {
                file.delete();
            }
        }
    }

    private void append(ColumnBatch batch, DataOutputStream out) {
        long[] times = batch.times("time");
        double[] values = batch.numbers("value");
        String[][] texts = new String[InteractionBatch.TEXTS.size()][];
        for (int column = 0; column < texts.length; column++) {
            texts[column] = batch.texts(InteractionBatch.TEXTS.get(column));
        }
        try {
            for (int row = 0; row < batch.size(); row++) {
                out.writeLong(times[row]);
                out.writeDouble(values[row]);
                for (String[] column : texts) {
                    out.writeBoolean(column[row] != null);
                    if (column[row] != null) {
                        out.writeUTF(column[row]);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows += batch.size();
    }

    /**
     * Streams the interactions of a window as the snapshot would.
     *
     * @param from first moment; null for no bound
     * @param until first moment after; null for no bound
     * @param batches takes the rows
     */
    void replay(Instant from, Instant until, Consumer<ColumnBatch> batches) {
        long first = from == null ? Long.MIN_VALUE : from.toEpochMilli();
        long end = until == null ? Long.MAX_VALUE : until.toEpochMilli();
        InteractionBatch batch = new InteractionBatch();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
            long time = Long.MIN_VALUE;
            for (long row = 0; row < rows && time < end; row++) {
                time = in.readLong();
                batch.read(time, in);
                if (time < first || time >= end) {
                    batch.takeBack();
                } else if (batch.full()) {
                    batches.accept(batch);
                    batch.clear();
                }
            }
        } catch (IOException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The records noted for the training cannot be read: " + e.getMessage(), e);
        }
        if (batch.size() > 0) {
            batches.accept(batch);
        }
    }

    /** How long the file is. */
    long bytes() {
        return bytes;
    }

    void delete() {
        files.discard(path);
    }
}
