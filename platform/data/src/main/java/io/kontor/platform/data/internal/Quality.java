package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks for what is wrong with a store's records though every single row is right. Findings are kept until the records change. */
final class Quality {

    private static final int MOST_STORES = 1_000;
    private static final double MILLIS_A_DAY = 86_400_000.0;

    private static final List<Check> CHECKS = List.of(
            new Check(Entity.PRODUCTS, "price", "products have no price.", "price is null"),
            new Check(Entity.PRODUCTS, "margin", "products cost more than they sell for.", "cost > price"),
            new Check(Entity.PRODUCTS, "category", "products have no category.", "category is null"),
            new Check(Entity.ORDERS, "customer", "order lines name no customer; they count for popularity and demand only.",
                    "customer_id is null"),
            new Check(Entity.ORDERS, "product", "order lines are of products that the catalogue does not have.", unknown("order_line")),
            new Check(Entity.ORDERS, "returns", "order lines are returns.", "quantity < 0"),
            new Check(Entity.ORDERS, "price", "order lines were sold for nothing.", "unit_price = 0"),
            new Check(Entity.EVENTS, "visitor", "events name neither customer nor session.", "customer_id is null and session_id is null"),
            new Check(Entity.EVENTS, "product", "events are of products that the catalogue does not have.",
                    "product_id is not null and " + unknown("event")),
            new Check(Entity.SALES, "product", "days of sales are of products that the catalogue does not have.", unknown("sale")),
            new Check(Entity.SALES, "negative", "days of sales have a negative quantity.", "quantity < 0"),
            new Check(Entity.STOCK, "negative", "stock levels are below zero.", "on_hand < 0"),
            new Check(Entity.TRANSACTIONS, "label", "transactions have no label yet.", "label is null"));

    private final Database database;
    private final Cache<String, Findings> findings = Caffeine.newBuilder().maximumSize(MOST_STORES).build();

    /** A condition that good rows do not meet, or only few. */
    private record Check(Entity entity, String name, String text, String condition) {
    }

    /** What was found when the records were such. */
    private record Findings(List<Extent> extents, List<Map<String, Object>> list) {
    }

    Quality(Database database) {
        this.database = database;
    }

    private static String unknown(String table) {
        return "exists (select 1 from product c where c.store = " + table + ".store) and not exists (select 1 from product p where p.store = "
                + table + ".store and p.id = " + table + ".product_id)";
    }

    /** What is found, the largest share first; an entity's checks are made in one pass over its rows. */
    List<Map<String, Object>> findings(String store, List<Extent> extents) {
        Findings known = findings.getIfPresent(store);
        if (known == null || !known.extents.equals(extents)) {
            known = new Findings(extents, database.jdbc(connection -> look(connection, store, extents)));
            findings.put(store, known);
        }
        return known.list;
    }

    private static List<Map<String, Object>> look(Connection connection, String store, List<Extent> extents) throws SQLException {
        Map<Entity, Long> rows = new EnumMap<>(Entity.class);
        extents.forEach(extent -> rows.put(extent.entity(), extent.rows()));
        List<Map<String, Object>> found = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            List<Check> checks = CHECKS.stream().filter(check -> check.entity == entity).toList();
            if (rows.get(entity) > 0 && !checks.isEmpty()) {
                look(connection, store, rows.get(entity), checks, found);
            }
        }
        for (Extent extent : extents) {
            if (extent.entity() == Entity.ORDERS && extent.rows() > 0) {
                gaps(connection, store, extent, found);
            }
            if (extent.quarantined() > 0) {
                add(found, extent.entity(), "quarantine", extent.quarantined(), extent.rows() + extent.quarantined(),
                        "rows were put aside; see the quarantine.");
            }
        }
        found.sort((a, b) -> Double.compare((Double) b.get("share"), (Double) a.get("share")));
        return List.copyOf(found);
    }

    private static void look(Connection connection, String store, long rows, List<Check> checks, List<Map<String, Object>> found)
            throws SQLException {
        StringBuilder sql = new StringBuilder("select ");
        for (Check check : checks) {
            sql.append(sql.length() > 7 ? ", " : "").append("sum(case when ").append(check.condition).append(" then 1 else 0 end)");
        }
        sql.append(" from ").append(Records.of(checks.get(0).entity).table()).append(" where store = ?");
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                for (int i = 0; i < checks.size(); i++) {
                    Check check = checks.get(i);
                    if (row.getLong(i + 1) > 0) {
                        add(found, check.entity, check.name, row.getLong(i + 1), rows, check.text);
                    }
                }
            }
        }
    }

    private static void gaps(Connection connection, String store, Extent extent, List<Map<String, Object>> found) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(distinct floor(time / " + MILLIS_A_DAY + ")) from order_line where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long days = (long) (Math.floor(extent.to().toEpochMilli() / MILLIS_A_DAY)
                        - Math.floor(extent.from().toEpochMilli() / MILLIS_A_DAY)) + 1;
                if (days > row.getLong(1)) {
                    add(found, Entity.ORDERS, "gaps", days - row.getLong(1), days, "days between the first and the last order have none.");
                }
            }
        }
    }

    private static void add(List<Map<String, Object>> found, Entity entity, String check, long rows, long of, String text) {
        double share = (double) rows / of;
        String percent = share < 0.001 ? "less than 0.1" : String.format(Locale.ROOT, "%.1f", share * 100);
        found.add(Map.of("entity", entity.path(), "check", check, "rows", rows, "share", share,
                "text", rows + " of " + of + " (" + percent + " %) " + text));
    }
}
