package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.Picture;
import io.kontor.api.data.Pictures;
import io.kontor.platform.data.ProductPictures;
import io.kontor.platform.data.internal.PictureArchive.Unpacked;
import io.kontor.platform.data.internal.PictureTable.Sent;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Pictures of products as rows of two tables, their names in memory. */
@Component(service = {ProductPictures.class, KeptPictures.class})
public final class KeptPictures implements ProductPictures {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][^/\\\\\\p{C}]{0,99}(/[\\p{L}\\p{N}_][^/\\\\\\p{C}]{0,99}){0,9}");
    private static final int LONGEST_NAME = 200;
    private static final int TOGETHER = 200;
    private static final int MOST_STORES = 200;
    private static final Duration IDLE = Duration.ofHours(1);

    private final Database database;
    private final Jobs jobs;
    private final Ledger ledger;
    private final Spool spool;
    private final Clock clock = Clock.systemUTC();
    private final LoadingCache<String, Known> known;
    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kontor-pictures");
        thread.setDaemon(true);
        return thread;
    });

    /** The names of a store's pictures as this server knows them. */
    private static final class Known {

        private final RenewalClock renewal = new RenewalClock();
        private volatile PictureNames names = new PictureNames(Map.of());
    }

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.data} names the data folder
     * @param database has the pictures
     * @param jobs take archives
     */
    @Activate
    public KeptPictures(BundleContext context, @Reference Database database, @Reference Jobs jobs) {
        this(Path.of(context.getProperty("kontor.data")), database, jobs);
    }

    KeptPictures(Path data, Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
        this.ledger = new Ledger(database);
        this.spool = new Spool(SpooledImports.folder(data));
        known = Caffeine.newBuilder().maximumSize(MOST_STORES).expireAfterAccess(IDLE).build(store -> {
            Known names = new Known();
            names.renewal.timed(() -> read(store, names));
            return names;
        });
    }

    /** What this server knows, the same object until it changes; what another server stored is there within a minute. */
    Pictures pictures(String store) {
        Known names = known.get(store);
        if (names.renewal.due()) {
            background.execute(() -> names.renewal.timed(() -> read(store, names)));
        }
        return names.names;
    }

    // One at a time, so that what was read earlier does not replace what was read later.
    private void read(String store, Known names) {
        synchronized (names) {
            Map<String, String> keys = database.jdbc(connection -> PictureTable.keys(connection, store));
            if (!keys.equals(names.names.keys())) {
                names.names = new PictureNames(Map.copyOf(keys));
            }
        }
    }

    private void changed(String store) {
        Known names = known.getIfPresent(store);
        if (names != null) {
            names.renewal.timed(() -> read(store, names));
        }
    }

    /** The pixels of a picture; empty when it is gone. */
    Optional<Picture> picture(String store, String key) {
        return ofKey(store, key).map(PictureCodec::read);
    }

    private Optional<byte[]> ofKey(String store, String key) {
        return bytes("select bytes from picture_bytes where store = ? and picture_key = ?", store, key);
    }

    private Optional<byte[]> bytes(String sql, String store, String what) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, store);
                select.setString(2, what);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<KeptPicture> list(String store, String after, int limit) {
        return database.jdbc(connection -> PictureTable.list(connection, store, after, limit));
    }

    @Override
    public int count(String store) {
        return database.jdbc(connection -> PictureTable.count(connection, store));
    }

    @Override
    public Optional<byte[]> bytes(String store, String name) {
        return bytes("select bytes from product_picture p join picture_bytes b on b.store = p.store and b.picture_key = p.picture_key "
                + "where p.store = ? and p.name = ?", store, name);
    }

    @Override
    public Optional<byte[]> shown(String store, String imageUrl) {
        return pictures(store).key(imageUrl).flatMap(key -> ofKey(store, key));
    }

    @Override
    public KeptPicture put(String store, String name, InputStream body, String by) throws IOException {
        check(name);
        Sent sent = Sent.of(name, PictureCodec.read(PictureArchive.most(body)));
        KeptPicture kept = new KeptPicture(name, sent.width(), sent.height(), Instant.ofEpochMilli(clock.millis()), by);
        keep(store, count(store), List.of(sent), by);
        changed(store);
        return kept;
    }

    static void check(String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new KontorException(Kind.DATA, "A picture's name has up to 200 characters, up to 100 between slashes, and begins with a letter"
                    + " or a digit, also behind a slash.");
        }
    }

    @Override
    public String submit(String store, InputStream archive, Starter by) throws IOException {
        String file = UUID.randomUUID().toString();
        spool.receive(file, archive);
        boolean submitted = false;
        try {
            try (InputStream bytes = spool.bytes(file)) {
                PictureArchive.check(bytes);
            }
            ledger.received(file, clock.millis());
            String job = jobs.submit(new JobRequest(JOB, store, null, Map.of("file", file), JOB + ":" + store, by));
            submitted = true;
            return job;
        } finally {
            if (!submitted) {
                spool.remove(file);
            }
        }
    }

    /**
     * Keeps the pictures of an archive, one after the other, each in place of one of the same name. Those that cannot be read are left out and
     * named; those before a damaged or too large part of the archive stay.
     *
     * @param store the id of an existing store
     * @param archive the bytes; closed by the caller
     * @param by who uploads it
     * @param each called after each file; what it throws ends the work
     * @return what became of it
     * @throws IOException when the stream breaks; what came before is kept
     */
    Unpacked putAll(String store, InputStream archive, String by, Runnable each) throws IOException {
        List<Sent> waiting = new ArrayList<>();
        PictureArchive pictures = new PictureArchive(archive);
        // Counted once: what another node stores meanwhile may come on top of the limit.
        int[] count = {count(store)};
        try {
            pictures.each((name, bytes) -> {
                each.run();
                check(name);
                waiting.add(Sent.of(name, PictureCodec.read(bytes)));
                if (waiting.size() == TOGETHER) {
                    count[0] += keep(store, count[0], waiting, by);
                    waiting.clear();
                }
            });
            keep(store, count[0], waiting, by);
        } finally {
            changed(store);
        }
        return pictures.unpacked();
    }

    private synchronized int keep(String store, int count, List<Sent> pictures, String by) {
        return pictures.isEmpty() ? 0 : database.jdbc(connection -> {
            int more = PictureTable.keep(connection, store, pictures, by, clock.instant());
            if (more > 0 && count + more > MOST_PICTURES) {
                throw new KontorException(Kind.CAPACITY, "Store " + store + " would have more than " + MOST_PICTURES + " pictures.");
            }
            return more;
        });
    }

    @Override
    public boolean remove(String store, String name) {
        synchronized (this) {
            if (!database.<Boolean>jdbc(connection -> PictureTable.remove(connection, store, name))) {
                return false;
            }
        }
        changed(store);
        return true;
    }

    /** Forgets a store. */
    void forget(String store) {
        known.invalidate(store);
    }

    @Deactivate
    void close() {
        background.shutdownNow();
    }
}
