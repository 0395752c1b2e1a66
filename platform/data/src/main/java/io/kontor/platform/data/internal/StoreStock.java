package io.kontor.platform.data.internal;

import io.kontor.platform.data.StockLevels;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads stock records, of which the latest of each product and location counts. */
@Component(service = StockLevels.class)
public final class StoreStock implements StockLevels {

    private static final int FETCH = 4_096;
    private static final String COLUMNS = "select product_id, location, time, on_hand, on_order, reserved from stock where store = ?";

    private final Database database;

    /** A product at a location. */
    private record Place(String product, String location) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     */
    @Activate
    public StoreStock(@Reference Database database) {
        this.database = database;
    }

    @Override
    public List<Level> all(String store) {
        Map<Place, Level> latest = new HashMap<>();
        database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(COLUMNS + " order by time, digest")) {
                select.setFetchSize(FETCH);
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Level level = level(row);
                        latest.put(new Place(level.product(), level.location()), level);
                    }
                }
            }
            return null;
        });
        return latest.values().stream().sorted(Comparator.comparing(Level::product).thenComparing(Level::location)).toList();
    }

    @Override
    public Optional<Level> find(Connection connection, String store, String product, String location) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS
                + " and product_id = ? and coalesce(location, '') = ? order by time desc, digest desc limit 1")) {
            select.setString(1, store);
            select.setString(2, product);
            select.setString(3, location);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(level(row)) : Optional.empty();
            }
        }
    }

    private static Level level(ResultSet row) throws SQLException {
        String location = row.getString(2);
        return new Level(row.getString(1), location == null ? "" : location, Instant.ofEpochMilli(row.getLong(3)), row.getDouble(4),
                row.getDouble(5), row.getDouble(6));
    }
}
