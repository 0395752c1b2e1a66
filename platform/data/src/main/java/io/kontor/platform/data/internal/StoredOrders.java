package io.kontor.platform.data.internal;

import io.kontor.platform.data.Orders;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads order lines and prices from the records. */
@Component(service = Orders.class)
public final class StoredOrders implements Orders {

    private static final int FETCH = 4_096;

    private final Database database;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     */
    @Activate
    public StoredOrders(@Reference Database database) {
        this.database = database;
    }

    @Override
    public List<Line> lines(String store, int imported, Instant from, int limit) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select id, time, customer_id, product_id, quantity * unit_price, seen "
                    + "from order_line where store = ? and time >= ? and seen > ? and customer_id is not null and quantity > 0 "
                    + "order by store, time, digest limit ?")) {
                select.setFetchSize(FETCH);
                select.setString(1, store);
                select.setLong(2, from.toEpochMilli());
                select.setInt(3, imported);
                select.setInt(4, limit);
                try (ResultSet row = select.executeQuery()) {
                    List<Line> lines = new ArrayList<>();
                    while (row.next()) {
                        lines.add(new Line(row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3), row.getString(4),
                                row.getDouble(5), row.getInt(6)));
                    }
                    return lines;
                }
            }
        });
    }

    @Override
    public Sum sum(Connection connection, String store, String customer, Instant from, Instant until) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(distinct case when quantity > 0 then order_id end), "
                + "coalesce(sum(quantity * unit_price), 0) from order_line where store = ? and customer_id = ? and time >= ? and time < ?")) {
            select.setString(1, store);
            select.setString(2, customer);
            select.setLong(3, from.toEpochMilli());
            select.setLong(4, until.toEpochMilli());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Sum(row.getLong(1), row.getDouble(2));
            }
        }
    }

    @Override
    public Optional<Double> price(Connection connection, String store, String product) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select price from product where store = ? and id = ?")) {
            select.setString(1, store);
            select.setString(2, product);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable((Double) row.getObject(1)) : Optional.empty();
            }
        }
    }
}
