package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A store's records in one transaction that sees the database as it was when the snapshot was opened. For one thread. */
final class TableSnapshot implements Snapshot {

    /** H2's isolation level SNAPSHOT, which JDBC has no name for. */
    private static final int H2_SNAPSHOT = 6;
    private static final long LABEL_HIDDEN = -1;
    private static final long CUSTOMER_HIDDEN = -2;
    private static final long ROWS_WITHHELD = -3;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final List<Column> SOLD_COLUMNS = columns(Entity.ORDERS, "productId", "quantity", "unitPrice", "status");
    private static final List<Column> DAY_COLUMNS = List.of(Column.id("productId", ""), Column.time("date", ""),
            Column.number("quantity", "", Column.Range.ANY), Column.number("price", "", Column.Range.ANY));
    /** Of order lines that are interactions, behind their time. */
    static final List<Column> LINE_COLUMNS = columns(Entity.ORDERS, "customerId", "orderId", "productId", "quantity");
    /** Of events that are interactions, behind their time. */
    static final List<Column> EVENT_COLUMNS = columns(Entity.EVENTS, "type", "customerId", "sessionId", "productId", "value");
    private static final List<Column> INTERACTION_COLUMNS = List.of(Column.time("time", ""), Column.id("type", ""), Column.id("customerId", ""),
            Column.id("sessionId", ""), Column.id("productId", ""), Column.number("value", "", Column.Range.ANY));

    private final Connection connection;
    private final String store;
    private final Long from;
    private final Long until;
    private final CleaningRules cleaning;
    private final KnownCustomers customers;
    private final Map<Entity, Count> counts = new EnumMap<>(Entity.class);

    private TableSnapshot(Connection connection, String store, Long from, Long until, CleaningRules cleaning, KnownCustomers customers) {
        this.cleaning = cleaning;
        this.customers = customers;
        this.connection = connection;
        this.store = store;
        this.from = from;
        this.until = until;
    }

    /** What was read of an entity. */
    private static final class Count {

        private final ContentHash hash = new ContentHash();
        private long rows;
        private long withheld;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        /** Takes note of the rows that were left out. */
        void end(TablePages pages) {
            if (pages.left() > 0) {
                hash.add(ROWS_WITHHELD).add(pages.left());
                withheld += pages.left();
            }
        }

        void add(TablePages pages, int row, boolean timed) {
            hash.add(pages.digest(row));
            if (pages.unlinked(row)) {
                hash.add(CUSTOMER_HIDDEN);
                withheld++;
            }
            rows++;
            if (timed) {
                first = Math.min(first, pages.time(row));
                last = Math.max(last, pages.time(row));
            }
        }
    }

    private static List<Column> columns(Entity entity, String... names) {
        Records records = Records.of(entity);
        return List.of(names).stream().map(name -> records.columns().get(records.indexOf(name))).toList();
    }

    /** The records as they came. */
    static TableSnapshot open(Database database, String store) {
        return open(database, connection -> new TableSnapshot(connection, store, null, null, CleaningRules.NONE, KnownCustomers.ALL));
    }

    /** The records as plugins see them: cleaned by the store's rules, with customers who agreed, under their pseudonyms. */
    static TableSnapshot openFor(Database database, String store, String country, PseudonymKey key, KnownCustomers.Use use) {
        return open(database, connection -> new TableSnapshot(connection, store, null, null, CleaningRules.open(connection, store),
                KnownCustomers.of(connection, store, country, key, use)));
    }

    /** What is made of a connection. */
    @FunctionalInterface
    private interface Opening {

        TableSnapshot of(Connection connection) throws SQLException;
    }

    private static TableSnapshot open(Database database, Opening opening) {
        try {
            Connection connection = database.dataSource().getConnection();
            try {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(database.kind() == Database.Kind.H2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
                try (Statement now = connection.createStatement()) {
                    now.executeQuery("select count(*) from data_extent").close();
                }
                return opening.of(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static KontorException failed(SQLException e) {
        return new KontorException(KontorException.Kind.INTERNAL, "The store's records could not be read: " + e.getMessage(), e);
    }

    @Override
    public void read(Entity entity, Consumer<ColumnBatch> batches) {
        Records records = Records.of(entity);
        Count count = new Count();
        TablePages pages = new TablePages(connection, store, records, cleaning.columns(entity, records.columns()), records.attributes(),
                cleaning.condition(entity, ""), from, until, customers);
        LastValues last = new LastValues(cleaning.filledWithLast(entity), records);
        try {
            while (pages.next()) {
                last.fill(pages.batch());
                for (int row = 0; row < pages.batch().size(); row++) {
                    count.add(pages, row, records.clock() >= 0);
                    if (until != null && pages.batch().hideLaterLabel(row, until)) {
                        count.hash.add(LABEL_HIDDEN);
                    }
                }
                batches.accept(pages.batch());
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        count.end(pages);
        cleaning.addTo(count.hash, entity);
        counts.put(entity, count);
    }

    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        Stream lines = new Stream(new TablePages(connection, store, Records.of(Entity.ORDERS),
                cleaning.columns(Entity.ORDERS, LINE_COLUMNS), false, cleaning.condition(Entity.ORDERS, ""), from, until,
                customers));
        Stream events = new Stream(new TablePages(connection, store, Records.of(Entity.EVENTS),
                cleaning.columns(Entity.EVENTS, EVENT_COLUMNS), false, cleaning.condition(Entity.EVENTS, ConsentWords.DEEDS), from, until,
                customers));
        RowBatch batch = new RowBatch("interactions", INTERACTION_COLUMNS, false);
        try {
            lines.next();
            events.next();
            while (lines.present() || events.present()) {
                boolean line = lines.present() && (!events.present() || lines.time() <= events.time());
                Stream next = line ? lines : events;
                if (line) {
                    addLine(batch, next);
                } else {
                    addEvent(batch, next);
                }
                next.next();
                if (batch.full()) {
                    batches.accept(batch);
                    batch.clear();
                }
            }
            if (batch.size() > 0) {
                batches.accept(batch);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        lines.count.end(lines.pages);
        events.count.end(events.pages);
        cleaning.addTo(lines.count.hash, Entity.ORDERS);
        cleaning.addTo(events.count.hash, Entity.EVENTS);
        counts.put(Entity.ORDERS, lines.count);
        counts.put(Entity.EVENTS, events.count);
    }

    /**
     * Line by line, with no more than the columns that it takes. Sums by product and day in SQL took three (PostgreSQL) to six times (H2) as
     * long on 200,000 lines of a wholesaler: most products sell once or twice a day, so that there is little to sum up.
     */
    @Override
    public void dailySales(ZoneId zone, Consumer<ColumnBatch> batches) {
        TablePages pages = new TablePages(connection, store, Records.of(Entity.ORDERS),
                cleaning.columns(Entity.ORDERS, SOLD_COLUMNS), false, cleaning.condition(Entity.ORDERS, ""), from, until,
                KnownCustomers.ALL);
        RowBatch days = new RowBatch("daily sales", DAY_COLUMNS, false);
        ZoneRules rules = zone.getRules();
        Count count = new Count();
        try {
            while (pages.next()) {
                RowBatch lines = pages.batch();
                String[] products = lines.texts("productId");
                String[] states = lines.texts("status");
                double[] quantities = lines.numbers("quantity");
                double[] prices = lines.numbers("unitPrice");
                for (int row = 0; row < lines.size(); row++) {
                    count.add(pages, row, true);
                    boolean cancelled = "cancelled".equalsIgnoreCase(states[row]) || "canceled".equalsIgnoreCase(states[row]);
                    if (quantities[row] > 0 && !cancelled) {
                        long local = pages.time(row) + rules.getOffset(Instant.ofEpochMilli(pages.time(row))).getTotalSeconds() * 1_000L;
                        days.add(products[row], local - Math.floorMod(local, DAY_MILLIS), quantities[row], prices[row]);
                    }
                }
                if (days.size() > 0) {
                    batches.accept(days);
                    days.clear();
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
        cleaning.addTo(count.hash, Entity.ORDERS);
        counts.put(Entity.ORDERS, count);
    }

    private static void addLine(RowBatch batch, Stream line) {
        RowBatch rows = line.pages.batch();
        int row = line.row;
        double quantity = rows.numbers("quantity")[row];
        batch.add(line.time(), (quantity > 0 ? Interaction.Type.PURCHASE : Interaction.Type.RETURN).text(), rows.texts("customerId")[row],
                rows.texts("orderId")[row], rows.texts("productId")[row], Math.abs(quantity));
    }

    private static void addEvent(RowBatch batch, Stream event) {
        RowBatch rows = event.pages.batch();
        int row = event.row;
        String type = rows.texts("type")[row];
        double value = type.equals(Interaction.Type.RATING.text()) ? rows.numbers("value")[row] : 1;
        batch.add(event.time(), type, rows.texts("customerId")[row], rows.texts("sessionId")[row], rows.texts("productId")[row], value);
    }

    /** One of the two sequences that are merged, at a row. */
    private static final class Stream {

        private final TablePages pages;
        private final Count count = new Count();
        private int row = -1;
        private boolean ended;

        Stream(TablePages pages) {
            this.pages = pages;
        }

        void next() throws SQLException {
            row++;
            if (row >= pages.batch().size()) {
                ended = !pages.next();
                row = 0;
            }
            if (!ended) {
                count.add(pages, row, true);
            }
        }

        boolean present() {
            return !ended;
        }

        long time() {
            return pages.time(row);
        }
    }

    @Override
    public Snapshot window(Instant start, Instant end) {
        Long last = earliest(until, end);
        try {
            return new TableSnapshot(connection, store, latest(from, start), last,
                    last == null || last.equals(until) ? cleaning : cleaning.before(connection, store, last),
                    customers);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static Long latest(Long bound, Instant moment) {
        return moment == null ? bound : Long.valueOf(Math.max(bound == null ? Long.MIN_VALUE : bound, moment.toEpochMilli()));
    }

    private static Long earliest(Long bound, Instant moment) {
        return moment == null ? bound : Long.valueOf(Math.min(bound == null ? Long.MAX_VALUE : bound, moment.toEpochMilli()));
    }

    @Override
    public long position() {
        try {
            return AcceptedEvents.last(connection, store);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public SnapshotInfo info() {
        ContentHash hash = new ContentHash();
        long rows = 0;
        long withheld = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Map.Entry<Entity, Count> entry : counts.entrySet()) {
            Count count = entry.getValue();
            hash.add(entry.getKey().path()).add(count.rows).add(count.hash.first()).add(count.hash.second());
            rows += count.rows;
            withheld += count.withheld;
            first = Math.min(first, count.first);
            last = Math.max(last, count.last);
        }
        boolean timed = first <= last;
        return new SnapshotInfo(timed ? Instant.ofEpochMilli(first) : null, timed ? Instant.ofEpochMilli(last) : null, rows, hash.hex(),
                withheld);
    }

    /**
     * A hash of all that decides which rows a snapshot of the store sees: how often its records were written by then, how they are
     * cleaned, and whom it shows.
     */
    String state() {
        try {
            ContentHash hash = Extents.state(connection, store);
            customers.addTo(hash);
            for (Entity entity : Entity.values()) {
                cleaning.addTo(hash.add(entity.path()), entity);
            }
            return hash.hex();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
