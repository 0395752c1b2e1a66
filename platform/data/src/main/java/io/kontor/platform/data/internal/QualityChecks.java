package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataQuality.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is looked for in the rows of each entity, as conditions in SQL: missing values, values out of range, references to nothing. */
final class QualityChecks {

    /** Behind the latest moment that a row may have: a parameter of the condition. */
    static final String TOMORROW = ":tomorrow";

    /** Columns without which plugins do less. */
    private static final Map<Entity, Set<String>> WANTED = Map.of(Entity.PRODUCTS, Set.of("title", "category", "price"), Entity.SALES,
            Set.of("price"), Entity.SUPPLY, Set.of("unitCost"), Entity.REVIEWS, Set.of("rating", "productId"));

    /** Columns that good rows may well be without: what they say is true of some rows only. */
    private static final Set<String> NATURALLY_MISSING = Set.of("discount", "to", "label", "labelTime", "location", "query", "value",
            "sessionId", "status", "channel", "promotion", "inStock", "orderId", "source", "kind", "onOrder", "reserved");

    private static final Map<Entity, List<Check>> RULES = Map.ofEntries(
            Map.entry(Entity.PRODUCTS, List.of(
                    new Check("margin", "cost", Severity.WARNING, "products cost more than they sell for", "cost > price"),
                    new Check("free", "price", Severity.WARNING, "products have a price of zero", "price = 0"))),
            Map.entry(Entity.ORDERS, List.of(
                    new Check("product", "productId", Severity.WARNING, "order lines are of products that the catalogue does not have",
                            unknown("product", "product_id")),
                    new Check("buyer", "customerId", Severity.INFO, "order lines are of customers that are not among the customers",
                            unknown("customer", "customer_id")),
                    new Check("returns", "quantity", Severity.INFO, "order lines are returns", "quantity < 0"),
                    new Check("free", "unitPrice", Severity.INFO, "order lines were sold for nothing", "unit_price = 0"),
                    future("time", "time"))),
            Map.entry(Entity.EVENTS, List.of(
                    new Check("visitor", null, Severity.WARNING, "events name neither customer nor session",
                            "customer_id is null and session_id is null"),
                    new Check("product", "productId", Severity.WARNING, "events are of products that the catalogue does not have",
                            unknown("product", "product_id")))),
            Map.entry(Entity.SALES, List.of(
                    new Check("product", "productId", Severity.WARNING, "days of sales are of products that the catalogue does not have",
                            unknown("product", "product_id")),
                    new Check("negative", "quantity", Severity.WARNING, "days of sales have a negative quantity", "quantity < 0"),
                    future("date", "date"))),
            Map.entry(Entity.PRICES, List.of(
                    new Check("product", "productId", Severity.WARNING, "prices are of products that the catalogue does not have",
                            unknown("product", "product_id")),
                    new Check("free", "price", Severity.WARNING, "prices are zero", "price = 0"))),
            Map.entry(Entity.STOCK, List.of(
                    new Check("product", "productId", Severity.WARNING, "stock levels are of products that the catalogue does not have",
                            unknown("product", "product_id")),
                    new Check("negative", "onHand", Severity.WARNING, "stock levels are below zero", "on_hand < 0"), future("time", "time"))),
            Map.entry(Entity.SUPPLY, List.of(
                    new Check("product", "productId", Severity.WARNING, "terms of supply are of products that the catalogue does not have",
                            unknown("product", "product_id")),
                    new Check("rate", "holdingCostRate", Severity.WARNING, "terms of supply have a holding cost above the goods' worth a year",
                            "holding_cost_rate > 1"))),
            Map.entry(Entity.TRANSACTIONS, List.of(
                    new Check("negative", "amount", Severity.INFO, "transactions have an amount below zero", "amount < 0"),
                    new Check("label", "label", Severity.INFO, "transactions have no label yet", "label is null"),
                    new Check("early-label", "labelTime", Severity.WARNING, "transactions have a label from before they happened",
                            "label_time < time"),
                    future("time", "time"))),
            Map.entry(Entity.APPLICATIONS, List.of(
                    new Check("early-label", "labelTime", Severity.WARNING, "credit applications have a label from before they were made",
                            "label_time < time"), future("time", "time"))),
            Map.entry(Entity.REVIEWS, List.of(
                    new Check("product", "productId", Severity.WARNING, "reviews are of products that the catalogue does not have",
                            unknown("product", "product_id")),
                    new Check("negative", "rating", Severity.WARNING, "reviews have a rating below zero", "rating < 0"),
                    future("time", "time"))));

    /** Which rows are the same thing twice though their identities differ: columns that are all equal. */
    private static final Map<Entity, String> SAME = Map.of(
            Entity.PRODUCTS, "title, brand, category, price",
            Entity.ORDERS, "order_id, time, product_id, quantity, unit_price, discount, customer_id",
            Entity.EVENTS, "time, type, customer_id, session_id, product_id, event_value, query",
            Entity.TRANSACTIONS, "time, amount, customer_id, order_id, card_hash",
            Entity.APPLICATIONS, "time, amount, customer_id",
            Entity.REVIEWS, "product_id, customer_id, time, rating, text");

    /** Numbers that are compared row by row, each as SQL that is null where it says nothing. */
    private static final Map<Entity, List<Measure>> MEASURES = Map.of(
            Entity.PRODUCTS, List.of(new Measure("price", "nullif(price, 0)"), new Measure("cost", "nullif(cost, 0)")),
            Entity.ORDERS, List.of(new Measure("quantity", "case when quantity > 0 then quantity end"),
                    new Measure("unitPrice", "nullif(unit_price, 0)"),
                    new Measure("unitPrice/price", "nullif(unit_price, 0) / (select nullif(p.price, 0) from product p where "
                            + "p.store = rows_of.store and p.id = rows_of.product_id)")),
            Entity.SALES, List.of(new Measure("quantity", "case when quantity > 0 then quantity end"), new Measure("price", "nullif(price, 0)")),
            Entity.PRICES, List.of(new Measure("price", "nullif(price, 0)")),
            Entity.STOCK, List.of(new Measure("onHand", "case when on_hand > 0 then on_hand end")),
            Entity.SUPPLY, List.of(new Measure("leadTimeDays", "nullif(lead_time_days, 0)"), new Measure("unitCost", "nullif(unit_cost, 0)")),
            Entity.TRANSACTIONS, List.of(new Measure("amount", "case when amount > 0 then amount end")),
            Entity.APPLICATIONS, List.of(new Measure("amount", "case when amount > 0 then amount end")));

    /** A row's worth in the series of days. */
    private static final Map<Entity, String> WORTH = Map.of(
            Entity.ORDERS, "case when quantity > 0 then quantity * unit_price else 0 end", Entity.SALES, "quantity",
            Entity.TRANSACTIONS, "amount", Entity.EVENTS, "cast(null as double precision)");

    private QualityChecks() {
    }

    /**
     * A condition that good rows do not meet, or only few.
     *
     * @param name what it is called
     * @param column which column it is about; null for none
     * @param severity how much it matters
     * @param text what such rows are, behind their number
     * @param condition in SQL
     */
    record Check(String name, String column, Severity severity, String text, String condition) {
    }

    /**
     * A number that rows have.
     *
     * @param column what it is called
     * @param sql what it is in the table
     */
    record Measure(String column, String sql) {
    }

    private static String unknown(String table, String column) {
        return column + " is not null and exists (select 1 from " + table + " c where c.store = rows_of.store) and not exists (select 1 from "
                + table + " p where p.store = rows_of.store and p.id = rows_of." + column + ")";
    }

    private static Check future(String column, String sql) {
        return new Check("future", column, Severity.WARNING, "rows are more than a day in the future", sql + " > " + TOMORROW);
    }

    /** All conditions on rows; the table is called {@code rows_of} there. */
    static List<Check> conditions(Records records) {
        List<Check> checks = new ArrayList<>();
        for (Column column : records.columns()) {
            if (!column.required() && !NATURALLY_MISSING.contains(column.name()) && !column.sql().equals("id")) {
                boolean wanted = WANTED.getOrDefault(records.entity(), Set.of()).contains(column.name());
                checks.add(new Check("missing", column.name(), wanted ? Severity.WARNING : Severity.INFO, "rows have no " + column.name(),
                        column.sql() + " is null"));
            }
        }
        checks.addAll(RULES.getOrDefault(records.entity(), List.of()));
        return checks;
    }

    /** Columns that are equal in rows which are the same thing twice; null when the identity sees to it. */
    static String same(Entity entity) {
        return SAME.get(entity);
    }

    static List<Measure> measures(Entity entity) {
        return MEASURES.getOrDefault(entity, List.of());
    }

    /** A row's worth in the series of days; null for entities that have no such series. */
    static String worth(Entity entity) {
        return WORTH.get(entity);
    }
}
