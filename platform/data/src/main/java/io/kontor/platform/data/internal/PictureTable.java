package io.kontor.platform.data.internal;

import io.kontor.api.data.Picture;
import io.kontor.platform.data.ProductPictures.KeptPicture;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The two tables of pictures: what is written in one transaction goes there in batches, however many pictures it are. */
final class PictureTable {

    private static final int KEY_DIGITS = 32;
    private static final int FETCH = 4_096;

    private PictureTable() {
    }

    /**
     * A picture that is to be kept.
     *
     * @param name unique in its store
     * @param key the same for the same bytes
     * @param width in pixels
     * @param height in pixels
     * @param bytes JPEG
     */
    record Sent(String name, String key, int width, int height, byte[] bytes) {

        static Sent of(String name, Picture picture) {
            byte[] bytes = PictureCodec.write(picture);
            return new Sent(name, digest(bytes), picture.width(), picture.height(), bytes);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The names of all of a store's pictures with their keys. */
    static Map<String, String> keys(Connection connection, String store) throws SQLException {
        return pairs(connection, "select name, picture_key from product_picture where store = ?", store, List.of());
    }

    static int count(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from product_picture where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    static List<KeptPicture> list(Connection connection, String store, String after, int limit) throws SQLException {
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
    }

    /**
     * Keeps pictures, in place of those of the same names; of two of one name the later one.
     *
     * @param pictures at least one
     * @return how many names are new
     */
    static int keep(Connection connection, String store, Collection<Sent> pictures, String by, Instant now) throws SQLException {
        Map<String, Sent> byName = new LinkedHashMap<>();
        Map<String, Sent> byKey = new LinkedHashMap<>();
        for (Sent picture : pictures) {
            byName.put(picture.name, picture);
        }
        byName.values().forEach(picture -> byKey.putIfAbsent(picture.key, picture));
        Map<String, String> before = taken(connection, store, byName.keySet());
        byKey.keySet().removeAll(pairs(connection, "select picture_key, picture_key from picture_bytes where store = ? and picture_key in ",
                store, byKey.keySet()).keySet());
        try (PreparedStatement insert = connection.prepareStatement("insert into product_picture "
                + "(store, name, picture_key, width, height, uploaded_at, uploaded_by) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (Sent picture : byName.values()) {
                insert.setString(1, store);
                insert.setString(2, picture.name);
                insert.setString(3, picture.key);
                insert.setInt(4, picture.width);
                insert.setInt(5, picture.height);
                insert.setLong(6, now.toEpochMilli());
                insert.setString(7, by);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into picture_bytes (store, picture_key, bytes) values (?, ?, ?)")) {
            for (Sent picture : byKey.values()) {
                insert.setString(1, store);
                insert.setString(2, picture.key);
                insert.setBytes(3, picture.bytes);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        forget(connection, store, before.values());
        return byName.size() - before.size();
    }

    /**
     * Removes a picture.
     *
     * @return whether it was there
     */
    static boolean remove(Connection connection, String store, String name) throws SQLException {
        Map<String, String> there = taken(connection, store, Set.of(name));
        forget(connection, store, there.values());
        return !there.isEmpty();
    }

    // Takes names away, and gives what they showed.
    private static Map<String, String> taken(Connection connection, String store, Collection<String> names) throws SQLException {
        Map<String, String> there = pairs(connection, "select name, picture_key from product_picture where store = ? and name in ", store,
                names);
        try (PreparedStatement delete = connection.prepareStatement("delete from product_picture where store = ? and name = ?")) {
            for (String name : there.keySet()) {
                delete.setString(1, store);
                delete.setString(2, name);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        return there;
    }

    // The bytes go with the last name that shows them.
    private static void forget(Connection connection, String store, Collection<String> keys) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from picture_bytes where store = ? and picture_key = ? and not "
                + "exists (select 1 from product_picture p where p.store = ? and p.picture_key = ?)")) {
            for (String key : new TreeSet<>(keys)) {
                delete.setString(1, store);
                delete.setString(2, key);
                delete.setString(3, store);
                delete.setString(4, key);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    // Where some are asked for, the text ends before their list.
    private static Map<String, String> pairs(Connection connection, String sql, String store, Collection<String> some) throws SQLException {
        Map<String, String> pairs = new HashMap<>();
        String list = some.isEmpty() ? "" : "(?" + ", ?".repeat(some.size() - 1) + ")";
        try (PreparedStatement select = connection.prepareStatement(sql + list)) {
            select.setFetchSize(FETCH);
            select.setString(1, store);
            int at = 2;
            for (String each : some) {
                select.setString(at++, each);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    pairs.put(row.getString(1), row.getString(2));
                }
            }
        }
        return pairs;
    }
}
