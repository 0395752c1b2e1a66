package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.metric.Interval;
import io.kontor.api.metric.Normal;
import io.kontor.api.metric.Proportion;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Orders;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.Measures;
import io.kontor.platform.decisions.internal.MeasureTable.Count;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the sums, and looks soon for order lines that were imported since. Several nodes may look at once: each line counts once. */
@Component(service = {Measures.class, StoreListener.class})
public final class KeptMeasures implements Measures, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(KeptMeasures.class);
    private static final double LEVEL = 0.95;
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);
    /** What other nodes import is not heard of. */
    private static final Duration LOOKS_ANYWAY = Duration.ofMinutes(15);
    /** How old an order line may be that is imported now. */
    private static final Duration LATE = Duration.ofDays(14);
    /** How long it is known what counted, longer than anything can belong to an answer. */
    private static final Duration KEPT = Duration.ofDays(100);
    /** Imports that may end in another order than they began. */
    private static final int OVERLAPPING = 16;
    private static final int MOST_LINES = 200_000;
    private static final Duration CLEANS_EVERY = Duration.ofHours(1);

    private final Database database;
    private final Stores stores;
    private final Orders orders;
    private final ToLongFunction<String> changes;
    private final Map<String, Looked> looked = new HashMap<>();
    private final Pseudonyms pseudonyms;
    private final Attribution attribution;
    private final DecisionLog log;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "kontor-measures");
        thread.setDaemon(true);
        return thread;
    });

    /** When orders were looked at last, and how often they had changed. */
    private record Looked(long changes, long at) {
    }

    /**
     * Starts looking.
     *
     * @param database has the sums
     * @param stores whose orders are looked at
     * @param orders what customers bought
     * @param data tells when orders have changed
     * @param pseudonyms by which the log knows customers
     * @param attribution counts
     * @param log has the answers
     */
    @Activate
    public KeptMeasures(@Reference Database database, @Reference Stores stores, @Reference Orders orders, @Reference DataAccess data,
            @Reference Pseudonyms pseudonyms, @Reference Attribution attribution, @Reference DecisionLog log) {
        this(database, stores, orders, store -> data.changes(store, Entity.ORDERS), pseudonyms, attribution, log);
        clock.scheduleWithFixedDelay(this::look, LOOKS_EVERY.toSeconds(), LOOKS_EVERY.toSeconds(), TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(this::clean, 0, CLEANS_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    KeptMeasures(Database database, Stores stores, Orders orders, ToLongFunction<String> changes, Pseudonyms pseudonyms,
            Attribution attribution, DecisionLog log) {
        this.database = database;
        this.stores = stores;
        this.orders = orders;
        this.changes = changes;
        this.pseudonyms = pseudonyms;
        this.attribution = attribution;
        this.log = log;
    }

    @Override
    public List<Row> of(String store, String placement, LocalDate from, LocalDate to, By by) {
        log.awaitWritten();
        String name = switch (by) {
            case PLACEMENT -> "placement";
            case STRATEGY -> "strategy";
            case VARIANT -> "experiment || '/' || variant";
            case DAY -> "cast(served_on as varchar)";
            case ALL -> "cast('' as varchar)";
        };
        Map<String, double[]> sums = database.jdbc(connection -> MeasureTable.sums(connection, store, placement, from, to, name,
                by == By.VARIANT ? " and experiment <> ''" : ""));
        List<Row> rows = new ArrayList<>();
        sums.forEach((key, values) -> rows.add(row(key, values)));
        return rows;
    }

    private static Row row(String name, double[] sums) {
        double base = sums[Count.values().length];
        return new Row(name, (long) of(sums, Count.ANSWERS), (long) of(sums, Count.IMPRESSIONS), (long) base, (long) of(sums, Count.CLICKS),
                share(of(sums, Count.CLICKED), base), (long) of(sums, Count.CARTS), (long) of(sums, Count.PURCHASES),
                share(of(sums, Count.BOUGHT), base), total(of(sums, Count.REVENUE), of(sums, Count.REVENUE_SQUARES)),
                (long) of(sums, Count.VIEW_PURCHASES), total(of(sums, Count.VIEW_REVENUE), of(sums, Count.VIEW_SQUARES)));
    }

    private static double of(double[] sums, Count count) {
        return sums[count.ordinal()];
    }

    private static Estimate share(double hits, double base) {
        double share = Math.min(hits, base);
        return new Estimate(base > 0 ? share / base : Double.NaN, Proportion.wilson(share, base, LEVEL));
    }

    private static Estimate total(double sum, double squares) {
        double reach = Normal.reach(LEVEL) * Math.sqrt(squares);
        return new Estimate(sum, new Interval(sum - reach, sum + reach, LEVEL));
    }

    void look() {
        for (Store store : stores.list()) {
            try {
                long now = changes.applyAsLong(store.id());
                Looked last = looked.get(store.id());
                if (last == null || last.changes != now || System.nanoTime() - last.at > LOOKS_ANYWAY.toNanos()) {
                    looked.put(store.id(), new Looked(now, System.nanoTime()));
                    takeOrders(store.id());
                }
            } catch (RuntimeException e) {
                LOG.warn("Orders of the store {} could not be told to belong to answers; it is tried again in {} s", store.id(),
                        LOOKS_EVERY.toSeconds(), e);
            }
        }
    }

    private void clean() {
        try {
            database.jdbc(connection -> MeasureTable.removeBefore(connection, Instant.now().minus(KEPT)));
        } catch (RuntimeException e) {
            LOG.warn("What counted long ago could not be removed; it is tried again in {} s", CLEANS_EVERY.toSeconds(), e);
        }
    }

    @Override
    public int takeOrders(String store) {
        log.awaitWritten();
        int before = database.jdbc(connection -> progress(connection, store));
        List<Orders.Line> lines = orders.lines(store, before - OVERLAPPING, Instant.now().minus(LATE), MOST_LINES);
        Map<String, List<Orders.Line>> byCustomer = new HashMap<>();
        int last = before;
        for (Orders.Line line : lines) {
            last = Math.max(last, line.imported());
            byCustomer.computeIfAbsent(line.customer(), customer -> new ArrayList<>()).add(line);
        }
        int found = 0;
        for (Map.Entry<String, List<Orders.Line>> theirs : byCustomer.entrySet()) {
            found += take(store, pseudonyms.of(store, theirs.getKey()), theirs.getValue());
        }
        int reached = last;
        database.jdbc(connection -> {
            reach(connection, store, reached);
            return null;
        });
        return found;
    }

    private int take(String store, String pseudonym, List<Orders.Line> lines) {
        Instant first = lines.get(0).time();
        Instant last = lines.get(lines.size() - 1).time();
        return database.jdbc(connection -> {
            List<Served> shown = ServedTable.of(connection, store, pseudonym, first.minus(Attribution.PURCHASE_WINDOW), last);
            int found = 0;
            for (Orders.Line line : shown.isEmpty() ? List.<Orders.Line>of() : lines) {
                Served latest = shown.stream().filter(served -> !served.time().isAfter(line.time())
                        && served.time().plus(Attribution.PURCHASE_WINDOW).isAfter(line.time())
                        && served.products().contains(line.product())).findFirst().orElse(null);
                found += latest != null && attribution.ordered(connection, latest, line.id(), line.product(), line.time(), line.worth())
                        ? 1 : 0;
            }
            return found;
        });
    }

    private static int progress(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select imported from attribution_progress where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private static void reach(Connection connection, String store, int imported) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into attribution_progress (store, imported) values (?, 0) on conflict do nothing")) {
            insert.setString(1, store);
            insert.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update attribution_progress set imported = ? where store = ? and imported < ?")) {
            update.setInt(1, imported);
            update.setString(2, store);
            update.setInt(3, imported);
            update.executeUpdate();
        }
    }

    @Override
    public void present(Store store) {
        // a store begins without measures
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            MeasureTable.remove(connection, store.id());
            return null;
        });
    }

    /** Stops looking. */
    @Deactivate
    void close() {
        clock.shutdownNow();
    }
}
