package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.Uploads;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps sent files in the spool, under names of their own, until they are imported or their time is over. */
@Component(service = Uploads.class)
public final class WaitingUploads implements Uploads {

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int MOST = 100;
    private static final String PREFIX = "waiting-";

    private final Spool spool;
    private final ImportQueue queue;
    private final Cache<String, Waiting> waiting;

    private record Waiting(String store, String owner, Upload upload) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.data} names the data folder
     * @param database where the ledger of imports is
     * @param jobs take the imports
     */
    @Activate
    public WaitingUploads(BundleContext context, @Reference Database database, @Reference Jobs jobs) {
        this(Path.of(context.getProperty("kontor.data")), database, jobs, Clock.systemUTC(), Ticker.systemTicker());
    }

    WaitingUploads(Path data, Database database, Jobs jobs, Clock clock, Ticker ticker) {
        this.spool = new Spool(SpooledImports.folder(data));
        this.queue = new ImportQueue(jobs, new Ledger(database), spool, clock);
        this.waiting = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(PATIENCE).ticker(ticker).executor(Runnable::run)
                .<String, Waiting>evictionListener((id, entry, cause) -> spool.remove(PREFIX + id)).build();
        removeAll();
    }

    /** Removes what still waits: nobody would find it any more. */
    @Deactivate
    public void removeAll() {
        waiting.invalidateAll();
        try {
            spool.removeAll(PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException("Files that wait for their import could not be removed from the data folder", e);
        }
    }

    @Override
    public Layout layout(Entity entity) {
        Records records = Records.of(entity);
        return new Layout(records.columns().stream().map(column -> new Field(column.name(), column.required(), column.choices())).toList(),
                records.attributes());
    }

    @Override
    public Upload receive(String store, String owner, String fileName, InputStream body) throws IOException {
        waiting.cleanUp();
        String id = UUID.randomUUID().toString();
        String file = PREFIX + id;
        spool.receive(file, body);
        boolean kept = false;
        try {
            FirstRows first = look(file);
            Upload upload = new Upload(id, fileName, first.format(), first.gzip(), spool.size(file), first.columns(), first.rows());
            waiting.put(id, new Waiting(store, owner, upload));
            kept = true;
            return upload;
        } finally {
            if (!kept) {
                spool.remove(file);
            }
        }
    }

    private FirstRows look(String file) throws IOException {
        try (BufferedInputStream bytes = spool.bytes(file)) {
            return FirstRows.of(bytes);
        } catch (ZipException | EOFException e) {
            throw new KontorException(KontorException.Kind.DATA, "The compressed file is damaged.", e);
        }
    }

    @Override
    public Optional<Upload> find(String store, String owner, String id) {
        return Optional.ofNullable(waiting.getIfPresent(id)).filter(each -> each.store.equals(store) && each.owner.equals(owner))
                .map(Waiting::upload);
    }

    @Override
    public String submit(String store, String owner, String id, Entity entity, Map<String, String> mapping, Set<String> leftOut,
            boolean dryRun, Starter by) throws IOException {
        Upload upload = find(store, owner, id).orElseThrow(() -> new NoSuchElementException("The file is no longer there; send it again."));
        String file = UUID.randomUUID().toString();
        spool.copy(PREFIX + id, file);
        String job = queue.submit(file, new ImportQueue.Order(store, entity, upload.format(), upload.gzip(), mapping, leftOut, dryRun, by));
        if (!dryRun) {
            waiting.invalidate(id);
            spool.remove(PREFIX + id);
        }
        return job;
    }
}
