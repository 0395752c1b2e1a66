package io.kontor.platform.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What stores have in stock by their latest records. A service; safe for use by several threads. */
@ProviderType
public interface StockLevels {

    /**
     * The latest record of a product at a location.
     *
     * @param product the shop's own id
     * @param location empty for records without
     * @param time when it was counted
     * @param onHand units in stock
     * @param onOrder units ordered and not yet there; 0 when not said
     * @param reserved units promised to customers; 0 when not said
     */
    record Level(String product, String location, Instant time, double onHand, double onOrder, double reserved) {
    }

    /**
     * All levels of a store.
     *
     * @param store the store's id
     * @return one for each product and location, by product and location
     */
    List<Level> all(String store);

    /**
     * One level.
     *
     * @param connection in a transaction
     * @param store the store's id
     * @param product the shop's own id
     * @param location empty for records without
     * @return the latest record, or empty when there is none
     * @throws SQLException when the database fails
     */
    Optional<Level> find(Connection connection, String store, String product, String location) throws SQLException;
}
