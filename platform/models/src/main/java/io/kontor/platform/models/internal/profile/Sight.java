package io.kontor.platform.models.internal.profile;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.plugin.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The records of one kind that the models of a family learn from, and which columns of them are looked at. Ids are looked at only for whether
 * they are there.
 *
 * @param entity which records; null for interactions
 * @param clock the column with their time; null without
 * @param columns which columns, but for attributes
 * @param attributes whether attributes are looked at too
 */
record Sight(Entity entity, String clock, List<Column> columns, boolean attributes) {

    private static final String INTERACTIONS = "interactions";
    private static final Column CATEGORY = new Column("category", Reading.CATEGORY_OF_PRODUCT);

    private static final Sight PRODUCTS = new Sight(Entity.PRODUCTS, null, List.of(new Column("price", Reading.NUMBER),
            new Column("cost", Reading.NUMBER), new Column("category", Reading.PATH), new Column("brand", Reading.TEXT),
            new Column("active", Reading.FLAG)), false);
    private static final Sight DONE = new Sight(null, "time", List.of(new Column("type", Reading.TEXT), CATEGORY,
            new Column("value", Reading.NUMBER), new Column("customerId", Reading.PRESENCE), new Column("sessionId", Reading.PRESENCE)), false);
    private static final Sight ORDERS = new Sight(Entity.ORDERS, "time", List.of(new Column("quantity", Reading.NUMBER),
            new Column("unitPrice", Reading.NUMBER), new Column("discount", Reading.NUMBER), new Column("channel", Reading.TEXT),
            new Column("status", Reading.TEXT), new Column("customerId", Reading.PRESENCE), CATEGORY), false);
    private static final Sight SALES = new Sight(Entity.SALES, "date", List.of(new Column("quantity", Reading.NUMBER),
            new Column("price", Reading.NUMBER), new Column("promotion", Reading.FLAG), new Column("inStock", Reading.FLAG),
            new Column("location", Reading.TEXT), CATEGORY), false);
    private static final Sight PRICES = new Sight(Entity.PRICES, "from", List.of(new Column("price", Reading.NUMBER),
            new Column("kind", Reading.TEXT), new Column("source", Reading.TEXT)), false);
    private static final Sight TRANSACTIONS = new Sight(Entity.TRANSACTIONS, "time", List.of(new Column("amount", Reading.NUMBER),
            new Column("currency", Reading.TEXT), new Column("method", Reading.TEXT), new Column("country", Reading.TEXT),
            new Column("billingCountry", Reading.TEXT), new Column("orderId", Reading.PRESENCE), new Column("customerId", Reading.PRESENCE),
            new Column("ip", Reading.PRESENCE), new Column("device", Reading.PRESENCE), new Column("emailHash", Reading.PRESENCE),
            new Column("cardHash", Reading.PRESENCE)), true);

    private static final Map<String, List<Sight>> BY_FAMILY = Map.of(Family.RECOMMEND, List.of(PRODUCTS, DONE), Family.INVENTORY,
            List.of(PRODUCTS, ORDERS, SALES), Family.PRICING, List.of(PRODUCTS, ORDERS, SALES, PRICES), Family.RISK, List.of(TRANSACTIONS));
    private static final List<Sight> ALL = List.of(PRODUCTS, DONE, ORDERS, SALES, PRICES, TRANSACTIONS);

    /** How a column is read. */
    enum Reading {
        /** As numbers. */
        NUMBER,
        /** Of numbers 0 and 1, as categories. */
        FLAG,
        /** As categories; none tells a person. */
        TEXT,
        /** As categories, by the first step of a path. */
        PATH,
        /** As categories; they may tell a person, so they are hashed. */
        HASHED,
        /** Whether it is there. */
        PRESENCE,
        /** The category of the product. */
        CATEGORY_OF_PRODUCT
    }

    /**
     * A column.
     *
     * @param name in the import files
     * @param reading how it is read
     */
    record Column(String name, Reading reading) {

        Values of(ColumnBatch batch, Map<String, String> categories) {
            return switch (reading) {
                case NUMBER -> new Values(batch.numbers(name), null);
                case FLAG -> new Values(null, flags(batch.numbers(name), batch.size()));
                case TEXT -> new Values(null, batch.texts(name));
                case PATH -> new Values(null, mapped(batch.texts(name), batch.size(), Column::firstStep));
                case HASHED -> new Values(null, mapped(batch.texts(name), batch.size(), Column::hashed));
                case PRESENCE -> new Values(null, mapped(batch.texts(name), batch.size(), text -> "given"));
                case CATEGORY_OF_PRODUCT -> new Values(null, mapped(batch.texts("productId"), batch.size(), categories::get));
            };
        }

        private static String[] flags(double[] numbers, int size) {
            String[] flags = new String[size];
            for (int i = 0; i < size; i++) {
                flags[i] = Double.isNaN(numbers[i]) ? null : numbers[i] != 0 ? "1" : "0";
            }
            return flags;
        }

        private static String[] mapped(String[] texts, int size, java.util.function.UnaryOperator<String> mapping) {
            String[] mapped = new String[size];
            for (int i = 0; i < size; i++) {
                mapped[i] = texts[i] == null ? null : mapping.apply(texts[i]);
            }
            return mapped;
        }

        private static String firstStep(String path) {
            int end = path.indexOf('/', 1);
            return (end < 0 ? path : path.substring(0, end)).strip();
        }

        private static String hashed(String text) {
            return String.format("#%08x", text.hashCode() * 0x9e3779b9);
        }
    }

    /** A column of a batch: numbers, or texts with null for missing ones. */
    record Values(double[] numbers, String[] texts) {
    }

    static List<Sight> of(String family) {
        return BY_FAMILY.getOrDefault(family, List.of());
    }

    static Sight named(String name) {
        return ALL.stream().filter(sight -> sight.name().equals(name)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("no records are called " + name));
    }

    String name() {
        return entity == null ? INTERACTIONS : entity.path();
    }

    void read(Snapshot data, Consumer<ColumnBatch> batches) {
        if (entity == null) {
            data.interactions(batches);
        } else {
            data.read(entity, batches);
        }
    }

    /** The columns of a batch: those that are always looked at, then its attributes, of which some more may follow in later batches. */
    List<Column> columns(ColumnBatch batch) {
        if (!attributes || batch.attributes().isEmpty()) {
            return columns;
        }
        List<Column> all = new ArrayList<>(columns);
        for (String name : batch.attributes()) {
            all.add(new Column(name, numeric(batch, name) ? Reading.NUMBER : Reading.HASHED));
        }
        return all;
    }

    private static boolean numeric(ColumnBatch batch, String name) {
        double[] numbers = batch.numbers(name);
        for (int i = 0; i < batch.size(); i++) {
            if (!Double.isNaN(numbers[i])) {
                return true;
            }
        }
        return false;
    }
}
