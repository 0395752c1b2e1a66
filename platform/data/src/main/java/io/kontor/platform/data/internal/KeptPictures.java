package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.Picture;
import io.kontor.api.data.Pictures;
import io.kontor.platform.data.ProductPictures;
import io.kontor.platform.persistence.Database;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Pictures of products as rows of two tables, their names in memory. */
@Component(service = {ProductPictures.class, KeptPictures.class})
public final class KeptPictures implements ProductPictures {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][^/\\\\\\p{C}]{0,99}(/[\\p{L}\\p{N}_][^/\\\\\\p{C}]{0,99}){0,9}");
    private static final int LONGEST_NAME = 200;
    private static final int KEY_DIGITS = 32;
    private static final int TOGETHER = 50;
    private static final int FETCH = 4_096;
    private static final int MOST_STORES = 200;
    private static final Duration IDLE = Duration.ofHours(1);

    private final Database database;
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

    /** A picture that is to be kept. */
    private record Sent(String name, String key, int width, int height, byte[] bytes) {

        static Sent of(String name, Picture picture) {
            byte[] bytes = PictureCodec.write(picture);
            return new Sent(name, digest(bytes), picture.width(), picture.height(), bytes);
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param database has the pictures
     */
    @Activate
    public KeptPictures(@Reference Database database) {
        this.database = database;
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
            Map<String, String> keys = database.jdbc(connection -> keys(connection, store));
            if (!keys.equals(names.names.keys())) {
                names.names = new PictureNames(keys);
            }
        }
    }

    private static Map<String, String> keys(Connection connection, String store) throws SQLException {
        Map<String, String> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select name, picture_key from product_picture where store = ?")) {
            select.setFetchSize(FETCH);
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.put(row.getString(1), row.getString(2));
                }
            }
        }
        return Map.copyOf(all);
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
        return database.jdbc(connection -> {
            List<KeptPicture> pictures = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select name, width, height, uploaded_at, uploaded_by from "
                    + "product_picture where store = ? and name > ? order by name limit ?")) {
                select.setString(1, store);
                select.setString(2, after);
                select.setInt(3, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        pictures.add(new KeptPicture(row.getString(1), row.getInt(2), row.getInt(3), Instant.ofEpochMilli(row.getLong(4)),
                                row.getString(5)));
                    }
                }
            }
            return pictures;
        });
    }

    @Override
    public int count(String store) {
        return database.jdbc(connection -> count(connection, store));
    }

    private static int count(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from product_picture where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
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
        KeptPicture kept = new KeptPicture(name, sent.width, sent.height, Instant.ofEpochMilli(clock.millis()), by);
        keep(store, List.of(sent), by, kept.uploadedAt());
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
    public Unpacked putAll(String store, InputStream archive, String by) throws IOException {
        List<Sent> waiting = new ArrayList<>();
        PictureArchive pictures = new PictureArchive(archive);
        try {
            pictures.each((name, bytes) -> {
                check(name);
                waiting.add(Sent.of(name, PictureCodec.read(bytes)));
                if (waiting.size() == TOGETHER) {
                    keep(store, waiting, by, clock.instant());
                    waiting.clear();
                }
            });
            keep(store, waiting, by, clock.instant());
        } finally {
            changed(store);
        }
        return pictures.unpacked();
    }

    private synchronized void keep(String store, List<Sent> pictures, String by, Instant now) {
        database.jdbc(connection -> {
            for (Sent picture : pictures) {
                remove(connection, store, picture.name);
                insert(connection, store, picture, by, now);
            }
            if (count(connection, store) > MOST_PICTURES) {
                throw new KontorException(Kind.CAPACITY, "Store " + store + " would have more than " + MOST_PICTURES + " pictures.");
            }
            return null;
        });
    }

    private static void insert(Connection connection, String store, Sent picture, String by, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into product_picture "
                + "(store, name, picture_key, width, height, uploaded_at, uploaded_by) values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, store);
            insert.setString(2, picture.name);
            insert.setString(3, picture.key);
            insert.setInt(4, picture.width);
            insert.setInt(5, picture.height);
            insert.setLong(6, now.toEpochMilli());
            insert.setString(7, by);
            insert.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement("select 1 from picture_bytes where store = ? and picture_key = ?")) {
            select.setString(1, store);
            select.setString(2, picture.key);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return;
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into picture_bytes (store, picture_key, bytes) values (?, ?, ?)")) {
            insert.setString(1, store);
            insert.setString(2, picture.key);
            insert.setBytes(3, picture.bytes);
            insert.executeUpdate();
        }
    }

    @Override
    public boolean remove(String store, String name) {
        synchronized (this) {
            if (!database.<Boolean>jdbc(connection -> remove(connection, store, name))) {
                return false;
            }
        }
        changed(store);
        return true;
    }

    // The bytes go with the last name that shows them.
    private static boolean remove(Connection connection, String store, String name) throws SQLException {
        String key;
        try (PreparedStatement select = connection.prepareStatement("select picture_key from product_picture where store = ? and name = ?")) {
            select.setString(1, store);
            select.setString(2, name);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                key = row.getString(1);
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from product_picture where store = ? and name = ?")) {
            delete.setString(1, store);
            delete.setString(2, name);
            delete.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from picture_bytes where store = ? and picture_key = ? and not "
                + "exists (select 1 from product_picture p where p.store = ? and p.picture_key = ?)")) {
            delete.setString(1, store);
            delete.setString(2, key);
            delete.setString(3, store);
            delete.setString(4, key);
            delete.executeUpdate();
        }
        return true;
    }

    /** Forgets a store. */
    void forget(String store) {
        known.invalidate(store);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Deactivate
    void close() {
        background.shutdownNow();
    }
}
