package io.kontor.platform.decisions.internal;

import io.kontor.platform.data.Orders;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.data.Pseudonyms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts what each customer or visitor of an experiment did: the table {@code experiment_unit}. Safe for use by several threads. */
@Component(service = {ExperimentUnits.class, PersonalData.class})
public final class ExperimentUnits implements OutcomeObserver, PersonalData {

    private static final String BOUGHT_BEFORE = beside("case when purchases > 0 then 1 else 0 end", "before_orders");
    private static final String SPENT_BEFORE = beside("revenue", "before_revenue");
    private static final String OF_UNIT = " where store = ? and experiment = ? and variant = ? and unit = ?";

    /** How long before the first answer a customer's orders tell how much the customer buys anyway. */
    private static final Duration BEFORE = Duration.ofDays(90);

    private final Pseudonyms pseudonyms;
    private final Orders orders;

    /** A unit in a variant. */
    private record Place(String store, String experiment, String variant, String unit) implements Comparable<Place> {

        static Place of(Served served) {
            return new Place(served.store(), served.name(Served.EXPERIMENT), served.name(Served.VARIANT),
                    String.valueOf(served.question().get(Served.UNIT)));
        }

        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }
    }

    /** What is to be added to a unit. */
    private static final class Growth {

        private Instant first;
        private String customer = "";
        private long answers;
        private long impressions;
        private long clicked;
        private long purchases;
        private double revenue;
    }

    /**
     * What the units of a variant did, as sums.
     *
     * @param variant its id
     * @param units how many there are
     * @param answers they got
     * @param impressions of these
     * @param clicked lists with a click
     * @param clickers units that clicked
     * @param buyers units that bought
     * @param revenue what they brought
     * @param squares the sum of the squares of what each brought
     * @param boughtBefore whether known customers bought, beside how many orders they had made before
     * @param spentBefore what known customers brought, beside what they had brought before
     */
    record Sum(String variant, long units, long answers, long impressions, long clicked, long clickers, long buyers, double revenue,
            double squares, Beside boughtBefore, Beside spentBefore) {
    }

    /**
     * Sums over the units that are known customers.
     *
     * @param units how many
     * @param outcome what they did
     * @param before what they had done before they were in the experiment
     * @param squares of what they had done before
     * @param products of both
     */
    record Beside(long units, double outcome, double before, double squares, double products) {

        static final Beside NONE = new Beside(0, 0, 0, 0, 0);
    }

    /**
     * Made by Declarative Services.
     *
     * @param pseudonyms from which units are hashed
     * @param orders tell what customers bought before
     */
    @Activate
    public ExperimentUnits(@Reference Pseudonyms pseudonyms, @Reference Orders orders) {
        this.pseudonyms = pseudonyms;
        this.orders = orders;
    }

    /** What stands for a customer's pseudonym or a visitor. */
    static String unit(String store, String visitor) {
        return String.format("%016x", Sticky.bits(store, visitor));
    }

    @Override
    public void served(Connection connection, List<Served> lists) throws SQLException {
        Map<Place, Growth> grown = new TreeMap<>();
        for (Served served : lists) {
            if (!served.name(Served.EXPERIMENT).isEmpty()) {
                Growth growth = grown.computeIfAbsent(Place.of(served), place -> new Growth());
                growth.first = growth.first == null || served.time().isBefore(growth.first) ? served.time() : growth.first;
                growth.customer = served.question().get("customer") instanceof String customer ? customer : "";
                growth.answers++;
            }
        }
        add(connection, grown);
    }

    @Override
    public void ledTo(Connection connection, List<Outcome> outcomes) throws SQLException {
        Map<Place, Growth> grown = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            if (!outcome.served().name(Served.EXPERIMENT).isEmpty()) {
                Growth growth = grown.computeIfAbsent(Place.of(outcome.served()), place -> new Growth());
                growth.first = outcome.served().time();
                growth.impressions += outcome.kind() == Outcome.Kind.IMPRESSION ? 1 : 0;
                growth.clicked += outcome.kind() == Outcome.Kind.CLICK && outcome.first() ? 1 : 0;
                growth.purchases += outcome.kind() == Outcome.Kind.PURCHASE ? 1 : 0;
                growth.revenue += outcome.revenue();
            }
        }
        add(connection, grown);
    }

    private void add(Connection connection, Map<Place, Growth> grown) throws SQLException {
        for (Map.Entry<Place, Growth> entry : grown.entrySet()) {
            if (!update(connection, entry.getKey(), entry.getValue())) {
                insert(connection, entry.getKey(), entry.getValue());
                update(connection, entry.getKey(), entry.getValue());
            }
        }
    }

    private static boolean update(Connection connection, Place place, Growth growth) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update experiment_unit set answers = answers + ?, "
                + "impressions = impressions + ?, clicked = clicked + ?, purchases = purchases + ?, revenue = revenue + ?" + OF_UNIT)) {
            update.setLong(1, growth.answers);
            update.setLong(2, growth.impressions);
            update.setLong(3, growth.clicked);
            update.setLong(4, growth.purchases);
            update.setDouble(5, growth.revenue);
            set(update, 6, place);
            return update.executeUpdate() > 0;
        }
    }

    /** What was bought before is looked up once, with the first answer: what comes later may be its doing. */
    private void insert(Connection connection, Place place, Growth growth) throws SQLException {
        Orders.Sum before = growth.customer.isEmpty() ? null : orders.sum(connection, place.store,
                pseudonyms.customer(place.store, growth.customer), growth.first.minus(BEFORE), growth.first);
        try (PreparedStatement insert = connection.prepareStatement("insert into experiment_unit (store, experiment, variant, unit, first_at, "
                + "answers, impressions, clicked, purchases, revenue, before_orders, before_revenue) "
                + "values (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?, ?) on conflict do nothing")) {
            set(insert, 1, place);
            insert.setTimestamp(5, Timestamp.from(growth.first));
            insert.setObject(6, before == null ? null : (double) before.orders(), Types.DOUBLE);
            insert.setObject(7, before == null ? null : before.revenue(), Types.DOUBLE);
            insert.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int first, Place place) throws SQLException {
        statement.setString(first, place.store());
        statement.setString(first + 1, place.experiment());
        statement.setString(first + 2, place.variant());
        statement.setString(first + 3, place.unit());
    }

    /** The sums of an experiment by variant. */
    static Map<String, Sum> sums(Connection connection, String store, String experiment) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select variant, count(*), sum(answers), sum(impressions), sum(clicked), "
                + "sum(case when clicked > 0 then 1 else 0 end), sum(case when purchases > 0 then 1 else 0 end), sum(revenue), "
                + "sum(revenue * revenue), " + BOUGHT_BEFORE + ", " + SPENT_BEFORE + " from experiment_unit where store = ? "
                + "and experiment = ? group by variant")) {
            select.setString(1, store);
            select.setString(2, experiment);
            try (ResultSet row = select.executeQuery()) {
                Map<String, Sum> sums = new LinkedHashMap<>();
                while (row.next()) {
                    sums.put(row.getString(1), new Sum(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5),
                            row.getLong(6), row.getLong(7), row.getDouble(8), row.getDouble(9), beside(row, 10), beside(row, 15)));
                }
                return sums;
            }
        }
    }

    private static String beside(String outcome, String before) {
        return "count(" + before + "), sum(case when " + before + " is null then 0 else " + outcome + " end), sum(" + before + "), sum("
                + before + " * " + before + "), sum(" + outcome + " * " + before + ")";
    }

    private static Beside beside(ResultSet row, int first) throws SQLException {
        return new Beside(row.getLong(first), row.getDouble(first + 1), row.getDouble(first + 2), row.getDouble(first + 3),
                row.getDouble(first + 4));
    }

    @Override
    public int erase(Connection connection, String store, String customer) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from experiment_unit where unit = ? and store = ?")) {
            delete.setString(1, unit(store, pseudonyms.of(store, customer)));
            delete.setString(2, store);
            return delete.executeUpdate();
        }
    }

    @Override
    public List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select experiment, variant, first_at, answers, impressions, clicked, "
                + "purchases, revenue, before_orders, before_revenue from experiment_unit where unit = ? and store = ? "
                + "order by first_at, experiment")) {
            select.setString(1, unit(store, pseudonyms.of(store, customer)));
            select.setString(2, store);
            try (ResultSet row = select.executeQuery()) {
                List<Map<String, Object>> found = new ArrayList<>();
                while (row.next()) {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("experiment", row.getString(1));
                    fields.put("variant", row.getString(2));
                    fields.put("since", row.getTimestamp(3).toInstant().toString());
                    fields.put("answers", row.getLong(4));
                    fields.put("impressions", row.getLong(5));
                    fields.put("clicked", row.getLong(6));
                    fields.put("purchases", row.getLong(7));
                    fields.put("revenue", row.getDouble(8));
                    fields.put("ordersBefore", row.getObject(9));
                    fields.put("revenueBefore", row.getObject(10));
                    found.add(fields);
                }
                return found;
            }
        }
    }

    @Override
    public String name() {
        return "experiments";
    }
}
