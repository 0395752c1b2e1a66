package io.kontor.platform.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who bought what of the units sold: of each day's units a share goes to known customers of that day, more likely to those whose taste the
 * product meets and to those who have its companion in the basket already.
 */
final class Baskets {

    private static final double COMPANION = 3;
    private static final int OPENS = 8 * 60;
    private static final int OPEN = 14 * 60;
    private static final int RETURN_FIRST = 4;
    private static final int RETURN_LAST = 18;

    private final Profile profile;
    private final Customers customers;
    private final Span span;
    private final Chance chance;
    private final List<Order> orders = new ArrayList<>();

    /** A customer in the shop. */
    private record Visitor(Customers.Customer customer, int minute, Map<Item, Integer> basket) {
    }

    private Baskets(Profile profile, Customers customers, Span span, Chance chance) {
        this.profile = profile;
        this.customers = customers;
        this.span = span;
        this.chance = chance;
    }

    static List<Order> of(Profile profile, List<Item> items, List<PriceTags> prices, List<Shelf> shelves, Customers customers, Span span,
            long seed) {
        Baskets baskets = new Baskets(profile, customers, span, Chance.of(seed, profile.id() + " baskets"));
        for (int day = 0; day < span.days(); day++) {
            List<Item> units = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                for (int n = baskets.chance.binomial(shelves.get(i).sold(day), profile.number("members")); n > 0; n--) {
                    units.add(items.get(i));
                }
            }
            baskets.sell(day, units, items, prices);
        }
        return baskets.orders;
    }

    private void sell(int day, List<Item> units, List<Item> items, List<PriceTags> prices) {
        if (units.isEmpty()) {
            return;
        }
        List<Visitor> visitors = new ArrayList<>();
        for (int n = (int) Math.max(1, Math.rint(units.size() / profile.number("basket"))); n > 0; n--) {
            visitors.add(new Visitor(customers.any(chance), OPENS + chance.below(OPEN), new LinkedHashMap<>()));
        }
        for (Item unit : units) {
            double[] weights = new double[visitors.size()];
            for (int v = 0; v < weights.length; v++) {
                Visitor visitor = visitors.get(v);
                weights[v] = visitor.customer.appeal(unit.taste())
                        * (visitor.basket.containsKey(companion(unit, items)) ? COMPANION : 1);
            }
            visitors.get(chance.pick(Chance.sums(weights))).basket.merge(unit, 1, Integer::sum);
        }
        visitors.sort((a, b) -> Integer.compare(a.minute, b.minute));
        for (Visitor visitor : visitors) {
            if (!visitor.basket.isEmpty()) {
                orders.add(order(day, visitor, items, prices));
            }
        }
    }

    private Order order(int day, Visitor visitor, List<Item> items, List<PriceTags> prices) {
        List<Order.Line> lines = new ArrayList<>();
        visitor.basket.forEach((item, quantity) -> {
            int back = chance.happens(profile.number("returns")) ? RETURN_FIRST + chance.below(RETURN_LAST - RETURN_FIRST) : 0;
            lines.add(new Order.Line(item, quantity, prices.get(items.indexOf(item)).price(day), day + back < span.days() ? back : 0));
        });
        return new Order("o%06d".formatted(orders.size() + 1), day, span.second(day, visitor.minute), visitor.customer, lines);
    }

    /** What a product is often bought with: the one before it in the catalogue. */
    static Item companion(Item item, List<Item> items) {
        int index = Integer.parseInt(item.id().substring(1)) - 1;
        return items.get(index == 0 ? items.size() - 1 : index - 1);
    }
}
