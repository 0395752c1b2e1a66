package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.store.Store;
import io.kontor.platform.data.Orders;
import io.kontor.platform.decisions.DecisionLog.Entry;
import io.kontor.platform.decisions.DecisionLog.Feedback;
import io.kontor.platform.decisions.internal.MeasureTable.Count;
import io.kontor.platform.decisions.internal.MeasureTable.Sums;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts what lists of recommendations lead to, as the log takes them and what is said of them. Safe for use by several threads. */
@Component(service = Attribution.class)
public final class Attribution implements LogObserver {

    /** How long after an answer a click or cart belongs to it. */
    static final Duration CLICK_WINDOW = Duration.ofDays(1);
    /** How long after an answer a purchase or return belongs to it. */
    static final Duration PURCHASE_WINDOW = Duration.ofDays(7);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final String CLICKED = "clicked";
    private static final String BOUGHT = "bought";

    /** The same for all who take feedback at once, so that none waits for another that waits for it. */
    private static final Comparator<Feedback> ORDER = Comparator.comparing(Feedback::requestId).thenComparing(Feedback::product)
            .thenComparing(Feedback::type);

    private final Stores stores;
    private final Orders orders;
    private final List<OutcomeObserver> observers;

    /**
     * Made by Declarative Services.
     *
     * @param stores knows where a store's days begin
     * @param orders knows prices
     * @param units counts for experiments
     * @param learning learns from it
     */
    @Activate
    public Attribution(@Reference Stores stores, @Reference Orders orders, @Reference ExperimentUnits units,
            @Reference KeptLearning learning) {
        this(stores, orders, List.of(units, learning));
    }

    Attribution(Stores stores, Orders orders, List<OutcomeObserver> observers) {
        this.stores = stores;
        this.orders = orders;
        this.observers = List.copyOf(observers);
    }

    @Override
    public void written(Connection connection, List<Entry> entries) throws SQLException {
        Sums sums = new Sums();
        List<Served> lists = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.family().equals(Family.RECOMMEND)) {
                Served served = new Served(entry.requestId(), entry.store(), entry.time(), entry.servedBy().plugin(), entry.question(),
                        Set.of());
                lists.add(served);
                sums.add(served.key(zone(entry.store())), Count.ANSWERS, 1);
            }
        }
        MeasureTable.add(connection, sums);
        for (OutcomeObserver observer : observers) {
            observer.served(connection, lists);
        }
    }

    @Override
    public void became(Connection connection, String store, List<Feedback> feedback) throws SQLException {
        Map<String, Served> lists = ServedTable.find(connection, store, feedback.stream().map(Feedback::requestId).toList());
        Sums sums = new Sums();
        List<Outcome> outcomes = new ArrayList<>();
        for (Feedback one : feedback.stream().sorted(ORDER).toList()) {
            Served served = lists.get(one.requestId());
            if (served != null && (one.product().isEmpty() || served.products().contains(one.product()))) {
                take(connection, served, one, sums, outcomes);
            }
        }
        finish(connection, sums, outcomes);
    }

    private void finish(Connection connection, Sums sums, List<Outcome> outcomes) throws SQLException {
        MeasureTable.add(connection, sums);
        for (OutcomeObserver observer : observers) {
            observer.ledTo(connection, outcomes);
        }
    }

    private void take(Connection connection, Served served, Feedback said, Sums sums, List<Outcome> outcomes) throws SQLException {
        switch (said.type()) {
            case "impression" -> {
                if (within(served, said, PURCHASE_WINDOW) && first(connection, served, "", said.type(), said.time())) {
                    sums.add(key(served), Count.IMPRESSIONS, 1);
                    outcomes.add(new Outcome(served, Outcome.Kind.IMPRESSION, true, 0));
                }
            }
            case "click" -> click(connection, served, said, sums, outcomes);
            case "cart" -> {
                if (within(served, said, CLICK_WINDOW) && first(connection, served, said.product(), said.type(), said.time())) {
                    sums.add(key(served), Count.CARTS, 1);
                    outcomes.add(new Outcome(served, Outcome.Kind.CART, false, 0));
                }
            }
            case "purchase" -> purchase(connection, served, said, sums, outcomes);
            case "return" -> returned(connection, served, said, sums, outcomes);
            default -> {
                // nothing that is measured
            }
        }
    }

    private void click(Connection connection, Served served, Feedback said, Sums sums, List<Outcome> outcomes) throws SQLException {
        if (within(served, said, CLICK_WINDOW) && first(connection, served, said.product(), said.type(), said.time())) {
            boolean first = first(connection, served, "", CLICKED, said.time());
            sums.add(key(served), Count.CLICKS, 1);
            sums.add(key(served), Count.CLICKED, first ? 1 : 0);
            outcomes.add(new Outcome(served, Outcome.Kind.CLICK, first, 0));
        }
    }

    private void purchase(Connection connection, Served served, Feedback said, Sums sums, List<Outcome> outcomes) throws SQLException {
        double revenue = worth(connection, served.store(), said);
        if (within(served, said, PURCHASE_WINDOW) && !MeasureTable.counted(connection, served.requestId(), said.product(), "purchase")
                && MeasureTable.first(connection, served, said.product(), "purchase", "", said.time(), revenue)) {
            bought(connection, served, said.time(), revenue, sums, outcomes);
        }
    }

    private void returned(Connection connection, Served served, Feedback said, Sums sums, List<Outcome> outcomes) throws SQLException {
        double revenue = -worth(connection, served.store(), said);
        if (MeasureTable.counted(connection, served.requestId(), said.product(), "purchase")
                && MeasureTable.first(connection, served, said.product(), "return", "", said.time(), revenue)) {
            sums.add(key(served), Count.REVENUE, revenue);
            sums.add(key(served), Count.REVENUE_SQUARES, revenue * revenue);
            outcomes.add(new Outcome(served, Outcome.Kind.RETURN, false, revenue));
        }
    }

    private void bought(Connection connection, Served served, Instant time, double revenue, Sums sums, List<Outcome> outcomes)
            throws SQLException {
        boolean first = first(connection, served, "", BOUGHT, time);
        sums.add(key(served), Count.PURCHASES, 1);
        sums.add(key(served), Count.BOUGHT, first ? 1 : 0);
        sums.add(key(served), Count.REVENUE, revenue);
        sums.add(key(served), Count.REVENUE_SQUARES, revenue * revenue);
        outcomes.add(new Outcome(served, Outcome.Kind.PURCHASE, first, revenue));
    }

    /**
     * An order line of somebody who was shown its product.
     *
     * @param connection in a transaction
     * @param shown the list
     * @param line the id of the order line
     * @param product the product
     * @param time when it was ordered
     * @param revenue what it brought
     * @return whether it counts for the first time
     */
    boolean ordered(Connection connection, Served shown, String line, String product, Instant time, double revenue) throws SQLException {
        Sums sums = new Sums();
        List<Outcome> outcomes = new ArrayList<>();
        boolean clicked = MeasureTable.counted(connection, shown.requestId(), product, "click");
        boolean said = MeasureTable.counted(connection, shown.requestId(), product, "purchase");
        if (!clicked && !said && MeasureTable.first(connection, shown, product, "view", line, time, revenue)) {
            sums.add(key(shown), Count.VIEW_PURCHASES, 1);
            sums.add(key(shown), Count.VIEW_REVENUE, revenue);
            sums.add(key(shown), Count.VIEW_SQUARES, revenue * revenue);
        } else if (clicked && !said && MeasureTable.first(connection, shown, product, "purchase", line, time, revenue)) {
            bought(connection, shown, time, revenue, sums, outcomes);
        } else {
            return false;
        }
        finish(connection, sums, outcomes);
        return true;
    }

    private static boolean first(Connection connection, Served served, String product, String kind, Instant time) throws SQLException {
        return MeasureTable.first(connection, served, product, kind, "", time, 0);
    }

    private static boolean within(Served served, Feedback said, Duration window) {
        return !said.time().isBefore(served.time().minus(CLOCKS_DIFFER)) && said.time().isBefore(served.time().plus(window));
    }

    private Served.Key key(Served served) {
        return served.key(zone(served.store()));
    }

    private ZoneId zone(String store) {
        return stores.find(store).map(Store::timeZone).orElse(ZoneOffset.UTC);
    }

    /** What a product was bought for: what the shop says, or else the price in the catalogue. */
    private double worth(Connection connection, String store, Feedback said) throws SQLException {
        double price = said.value().isPresent() ? said.value().get()
                : said.product().isEmpty() ? 0 : orders.price(connection, store, said.product()).orElse(0.0);
        return Double.isFinite(price) ? price : 0;
    }
}
