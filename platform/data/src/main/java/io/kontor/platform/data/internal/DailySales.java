package io.kontor.platform.data.internal;

import io.kontor.api.data.ColumnBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets the database sum up order lines by product and day. It does so month by month, so that neither side has to hold more than a month's
 * products and days at once, and parts the months where the time zone changes its offset: within a part days are a matter of division.
 *
 * <p>Numbers are summed as whole billionths. Such sums are exact, so that they are the same in whatever order the database adds them up.
 */
final class DailySales {

    private static final long MONTH = Duration.ofDays(30).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** Makes days before 1970 positive, so that division rounds all days alike. */
    private static final long LONG_AGO = 1_000_000 * DAY;
    private static final double BILLIONTH = 1e-9;
    private static final List<Column> COLUMNS = List.of(Column.id("productId", ""), Column.time("date", ""),
            Column.number("quantity", "", Column.Range.ANY), Column.number("price", "", Column.Range.ANY));
    private static final String SELECT = "select product_id, sold_on, sum(cast(floor(quantity * 1e9 + 0.5) as numeric(38, 0))), "
            + "sum(cast(floor(quantity * unit_price * 1e9 + 0.5) as numeric(38, 0))) from (select product_id, (time + ?) / " + DAY
            + " as sold_on, quantity, unit_price from order_line where store = ? and time >= ? and time < ? and quantity > 0 "
            + "and (status is null or lower(status) not in ('cancelled', 'canceled'))) lines "
            + "group by product_id, sold_on order by product_id, sold_on";

    private final Connection connection;
    private final String store;
    private final ZoneId zone;
    private final RowBatch batch = new RowBatch("daily sales", COLUMNS, false);

    DailySales(Connection connection, String store, ZoneId zone) {
        this.connection = connection;
        this.store = store;
        this.zone = zone;
    }

    /**
     * Reads.
     *
     * @param from first moment; null for no bound
     * @param until first moment after; null for no bound
     * @param batches takes the rows
     */
    void read(Long from, Long until, Consumer<ColumnBatch> batches) throws SQLException {
        long begin;
        long end;
        try (PreparedStatement bounds = connection.prepareStatement(
                "select min(time), max(time) from order_line where store = ? and time >= ? and time < ?")) {
            bounds.setString(1, store);
            bounds.setLong(2, from == null ? Long.MIN_VALUE : from);
            bounds.setLong(3, until == null ? Long.MAX_VALUE : until);
            try (ResultSet row = bounds.executeQuery()) {
                row.next();
                begin = row.getLong(1);
                if (row.wasNull()) {
                    return;
                }
                end = row.getLong(2) + 1;
            }
        }
        while (begin < end) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(begin));
            long next = Math.min(begin + MONTH, change == null ? end : change.getInstant().toEpochMilli());
            part(begin, Math.min(next, end), batches);
            begin = next;
        }
        if (batch.size() > 0) {
            batches.accept(batch);
        }
    }

    private void part(long begin, long end, Consumer<ColumnBatch> batches) throws SQLException {
        long offset = zone.getRules().getOffset(Instant.ofEpochMilli(begin)).getTotalSeconds() * 1_000L;
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, offset + LONG_AGO);
            select.setString(2, store);
            select.setLong(3, begin);
            select.setLong(4, end);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    double quantity = row.getBigDecimal(3).doubleValue();
                    if (quantity <= 0) {
                        continue;
                    }
                    batch.add(row.getString(1), row.getLong(2) * DAY - LONG_AGO, quantity * BILLIONTH,
                            row.getBigDecimal(4).doubleValue() / quantity);
                    if (batch.full()) {
                        batches.accept(batch);
                        batch.clear();
                    }
                }
            }
        }
    }
}
