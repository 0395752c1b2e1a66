package io.kontor.platform.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two years of one store: its records, to be imported, and the truth, to be kept apart. Immutable; safe for use by several threads.
 */
public final class History {

    private final Map<String, Records> records;
    private final Truths truths;
    private final Samples samples;

    /** Writes the records of one entity. */
    interface Records {

        void write(Csv csv);
    }

    private History(Map<String, Records> records, Truths truths, Samples samples) {
        this.records = records;
        this.truths = truths;
        this.samples = samples;
    }

    static History of(Profile profile, Span span, long seed) {
        List<Item> items = Catalogue.of(profile, seed);
        List<PriceTags> prices = new ArrayList<>();
        List<Demand> demands = new ArrayList<>();
        List<Shelf> shelves = new ArrayList<>();
        for (Item item : items) {
            Chance chance = Chance.of(seed, profile.id() + " " + item.id());
            prices.add(PriceTags.of(profile, item, span, chance));
            demands.add(Demand.of(profile, item, prices.get(prices.size() - 1), span, chance));
            shelves.add(Shelf.of(item, demands.get(demands.size() - 1), span, chance));
        }
        Customers customers = Customers.of(profile, seed);
        List<Order> orders = Baskets.of(profile, items, prices, shelves, customers, span, seed);
        List<Payment> payments = Payments.of(profile, orders, customers, span, seed);
        Map<String, Records> records = new TreeMap<>();
        GoodsRecords goods = new GoodsRecords(profile, items, prices, shelves, span);
        records.put("products", goods::products);
        records.put("sales", goods::sales);
        records.put("prices", goods::prices);
        records.put("stock", goods::stock);
        records.put("supply", goods::supply);
        PeopleRecords people = new PeopleRecords(profile, customers, orders, payments, span);
        records.put("customers", people::customers);
        records.put("orders", people::orders);
        records.put("transactions", people::transactions);
        Opinions opinions = new Opinions(profile, items, orders, span, seed);
        records.put("events", opinions::events);
        records.put("reviews", opinions::reviews);
        return new History(records, new Truths(span, items, demands, shelves, customers, payments),
                Samples.of(profile, orders, payments));
    }

    /**
     * What there is to import.
     *
     * @return the names of the entities, products first
     */
    public List<String> entities() {
        return List.of("products", "customers", "prices", "supply", "stock", "sales", "orders", "transactions", "events", "reviews");
    }

    /**
     * Writes the records of an entity as comma-separated values with a heading.
     *
     * @param entity one of {@link #entities}
     * @param out where to
     */
    public void write(String entity, Appendable out) {
        records.get(entity).write(new Csv(out));
    }

    /**
     * The truth behind the records.
     *
     * @return what no plugin may see
     */
    public Truths truths() {
        return truths;
    }

    /**
     * What is worth asking about.
     *
     * @return a customer and some payments
     */
    public Samples samples() {
        return samples;
    }
}
