package io.kontor.platform.models.internal;

import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.job.JobContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The interactions of stores in files, one for each state of a store's records, so that all runs over the same records read one file and only
 * the first of them asks the database. A file that nobody reads any more is kept for {@value #KEPT_MINUTES} minutes, for the plugins that are
 * trained one after the other at night, unless the store's records have changed or such files take more than 1 GiB together. What a kill
 * leaves is swept up at the next start. Safe for use by several threads.
 */
@Component(service = Recordings.class)
public final class Recordings {

    private static final int KEPT_MINUTES = 10;
    private static final long MOST_BYTES = 1L << 30;
    private static final long ASKED_MILLIS = 100;

    private final ArtifactFiles files;
    private final long most;
    private final LongSupplier nanoTime;
    private final Map<String, Recording> shared = new HashMap<>();
    private final ScheduledThreadPoolExecutor clock;

    /**
     * Made by Declarative Services.
     *
     * @param files where the files come to lie
     */
    @Activate
    public Recordings(@Reference ArtifactFiles files) {
        this(files, MOST_BYTES, System::nanoTime);
    }

    Recordings(ArtifactFiles files, long most, LongSupplier nanoTime) {
        this.files = files;
        this.most = most;
        this.nanoTime = nanoTime;
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kontor-recordings");
            thread.setDaemon(true);
            return thread;
        });
        clock.setKeepAliveTime(1, TimeUnit.MINUTES);
        clock.allowCoreThreadTimeOut(true);
    }

    /** One file, or what will be one. */
    final class Recording implements AutoCloseable {

        private final String store;
        private final String state;
        private final ReentrantLock writing = new ReentrantLock();
        private InteractionFile file;
        private SnapshotInfo whole;
        private int readers;
        private long unusedSince;

        private Recording(String store, String state) {
            this.store = store;
            this.state = state;
        }

        /**
         * The file, which is written when it is asked for the first time; others wait meanwhile.
         *
         * @param database the same records whoever asks
         * @param job cancel
         * @return the file
         */
        InteractionFile file(Snapshot database, JobContext job) {
            await(job);
            try {
                if (file == null) {
                    Snapshot source = database.window(null, null);
                    file = InteractionFile.record(source, files, job);
                    whole = source.info();
                }
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                writing.unlock();
            }
        }

        private void await(JobContext job) {
            try {
                while (!writing.tryLock(ASKED_MILLIS, TimeUnit.MILLISECONDS)) {
                    job.checkCancelled();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while another run reads the data");
            }
        }

        /** What a snapshot of all interactions tells of itself. */
        SnapshotInfo whole() {
            return whole;
        }

        /** The reader reads no more. */
        @Override
        public void close() {
            release(this);
        }
    }

    /**
     * Opens a recording.
     *
     * @param store the store's id
     * @param state tells which records a snapshot sees; empty when that cannot be told, and the file is nobody else's
     * @return to be closed
     */
    synchronized Recording open(String store, Optional<String> state) {
        Recording recording = state.map(key -> shared.computeIfAbsent(store + "/" + key, all -> new Recording(store, key)))
                .orElseGet(() -> new Recording(store, null));
        recording.readers++;
        sweep(store);
        return recording;
    }

    private synchronized void release(Recording recording) {
        recording.readers--;
        if (recording.readers > 0) {
            return;
        }
        recording.unusedSince = nanoTime.getAsLong();
        if (recording.state == null || recording.file == null) {
            remove(recording);
        } else {
            sweep(null);
            clock.schedule(() -> sweep(null), KEPT_MINUTES * 60L + 1, TimeUnit.SECONDS);
        }
    }

    /** Removes unused files that are too old, of a store that is asked for another state, or too many, the oldest first. */
    private synchronized void sweep(String store) {
        List<Recording> unused = new ArrayList<>(shared.values().stream().filter(one -> one.readers == 0)
                .sorted(Comparator.comparingLong((Recording one) -> one.unusedSince)).toList());
        long bytes = unused.stream().mapToLong(one -> one.file.bytes()).sum();
        for (Recording one : unused) {
            boolean old = nanoTime.getAsLong() - one.unusedSince >= TimeUnit.MINUTES.toNanos(KEPT_MINUTES);
            if (old || one.store.equals(store) || bytes > most) {
                bytes -= one.file.bytes();
                remove(one);
            }
        }
    }

    private void remove(Recording recording) {
        shared.remove(recording.store + "/" + recording.state, recording);
        if (recording.file != null) {
            recording.file.delete();
        }
    }

    /** Removes what nobody reads. */
    @Deactivate
    synchronized void close() {
        clock.shutdownNow();
        List.copyOf(shared.values()).stream().filter(one -> one.readers == 0).forEach(this::remove);
    }
}
