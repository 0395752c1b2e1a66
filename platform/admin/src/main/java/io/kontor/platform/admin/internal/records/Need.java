package io.kontor.platform.admin.internal.records;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Records that the plugins of a family work with.
 *
 * @param family the family
 * @param key what they are needed for: {@code records.need.FAMILY.KEY} says it
 * @param anyOf one kind of these is enough
 * @param met whether the store has some
 */
public record Need(String family, String key, List<Entity> anyOf, boolean met) {

    private static final List<Need> ALL = List.of(
            new Need("recommend", "tastes", List.of(Entity.ORDERS, Entity.EVENTS), false),
            new Need("recommend", "catalogue", List.of(Entity.PRODUCTS), false),
            new Need("inventory", "demand", List.of(Entity.ORDERS, Entity.SALES), false),
            new Need("inventory", "stock", List.of(Entity.STOCK), false),
            new Need("inventory", "supply", List.of(Entity.SUPPLY), false),
            new Need("pricing", "demand", List.of(Entity.ORDERS, Entity.SALES), false),
            new Need("pricing", "prices", List.of(Entity.PRODUCTS), false),
            new Need("risk", "payments", List.of(Entity.TRANSACTIONS), false));

    /** What the plugins of these families need, and whether it is there. */
    static List<Need> of(Predicate<String> families, Map<Entity, Extent> extents) {
        List<Need> needs = new ArrayList<>();
        for (Need need : ALL) {
            if (families.test(need.family)) {
                needs.add(new Need(need.family, need.key, need.anyOf, need.anyOf.stream().anyMatch(entity -> extents.get(entity).rows() > 0)));
            }
        }
        return needs;
    }
}
