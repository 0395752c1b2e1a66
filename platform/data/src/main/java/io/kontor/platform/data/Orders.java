package io.kontor.platform.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What customers of stores ordered. A service; safe for use by several threads; asks the database. */
@ProviderType
public interface Orders {

    /**
     * A line of an order, by a customer who is known, of goods that were not returned.
     *
     * @param id its identity
     * @param time when it was ordered
     * @param customer the shop's own id
     * @param product the shop's own id
     * @param worth quantity times unit price, in the store's currency
     * @param imported the number of the import that met it last; imports of a store have rising numbers, but may overlap
     */
    record Line(String id, Instant time, String customer, String product, double worth, int imported) {
    }

    /**
     * Lines that an import brought or met.
     *
     * @param store the store's id
     * @param imported only lines of imports with a greater number
     * @param from only lines from then on
     * @param limit at most so many
     * @return in the order of their time
     */
    List<Line> lines(String store, int imported, Instant from, int limit);

    /**
     * What a customer ordered in some time.
     *
     * @param orders how many orders with goods that were not returned
     * @param revenue quantities times unit prices, returns taken off, in the store's currency
     */
    record Sum(long orders, double revenue) {
    }

    /**
     * What a customer ordered in some time.
     *
     * @param connection in a transaction
     * @param store the store's id
     * @param customer the shop's own id
     * @param from the first moment
     * @param until the first moment behind
     * @return the sum; zeros for none
     * @throws SQLException when the database fails
     */
    Sum sum(Connection connection, String store, String customer, Instant from, Instant until) throws SQLException;

    /**
     * What the catalogue says that a product costs.
     *
     * @param connection in a transaction
     * @param store the store's id
     * @param product the shop's own id
     * @return the price in the store's currency, or empty when it is not known
     * @throws SQLException when the database fails
     */
    Optional<Double> price(Connection connection, String store, String product) throws SQLException;
}
