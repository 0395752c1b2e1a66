package io.kontor.platform.testkit.data;

import io.kontor.api.KontorException;
import io.kontor.api.data.Arrival;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Following;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Picture;
import io.kontor.api.data.Pictures;
import io.kontor.api.data.Place;
import io.kontor.api.data.Product;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.StoreData;
import io.kontor.api.model.Training;
import io.kontor.api.store.Store;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store whose records lie in memory. Rows are maps by the column names of the import files, with texts, numbers (as Double) and times (as
 * Instant); it does not validate them. Snapshots behave as the platform's do: in order of time, in batches, with a fingerprint. Not safe for
 * several threads while it is filled.
 */
public final class SampleStore implements StoreData {

    private final Store store;
    private final Map<Entity, List<Map<String, Object>>> rows = new EnumMap<>(Entity.class);
    private final Map<String, Product> products = new HashMap<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private final List<Arrival> introduced = new ArrayList<>();
    private List<Arrival> arrivals;
    private final Set<Follower> followers = new LinkedHashSet<>();
    private SamplePictures pictures = new SamplePictures(Map.of());
    /** Events and order lines as interactions in the order in which they came; empty for what is none. */
    private final List<Map<String, Object>> accepted = new ArrayList<>();
    private int lines;

    /**
     * An empty store.
     *
     * @param locale the language of its reasons
     */
    public SampleStore(Locale locale) {
        store = new Store("sample", "Sample", Currency.getInstance("EUR"), locale, ZoneOffset.UTC, "DE");
        for (Entity entity : Entity.values()) {
            rows.put(entity, new ArrayList<>());
        }
    }

    /**
     * Adds any record.
     *
     * @param entity which records
     * @param row values by column name; missing ones are left out
     * @return this
     */
    public SampleStore add(Entity entity, Map<String, Object> row) {
        return addAll(entity, List.of(row));
    }

    /**
     * Adds records of which followers are told together.
     *
     * @param entity which records
     * @param more values by column name; missing ones are left out
     * @return this
     */
    public SampleStore addAll(Entity entity, List<Map<String, Object>> more) {
        more.forEach(row -> rows.get(entity).add(Map.copyOf(row)));
        if (entity == Entity.EVENTS || entity == Entity.ORDERS) {
            more.forEach(row -> accepted.add(entity == Entity.ORDERS ? SampleSnapshot.bought(row)
                    : SampleSnapshot.isInteraction(row) ? SampleSnapshot.interaction(row) : Map.of()));
            List.copyOf(followers).forEach(Follower::tell);
        }
        return this;
    }

    /**
     * Tells followers to forget a customer, whose records stay.
     *
     * @param customer who; empty for anybody, after which all is told again
     */
    public void forget(String customer) {
        List.copyOf(followers).forEach(follower -> follower.forget(customer));
    }

    /**
     * Adds a product to the catalogue.
     *
     * @param id its id
     * @param title its title
     * @param price its price
     * @return this
     */
    public SampleStore product(String id, String title, double price) {
        return product(Map.of("id", id, "title", title, "price", price));
    }

    /**
     * Adds a product to the catalogue.
     *
     * @param row values by column name, with at least the id
     * @return this
     */
    public SampleStore product(Map<String, Object> row) {
        String id = (String) row.get("id");
        Instant created = (Instant) row.get("createdAt");
        products.put(id, new Product(id, text(row, "title"), text(row, "category"), text(row, "brand"),
                (Double) row.getOrDefault("price", Double.NaN), Double.NaN, true, text(row, "imageUrl")));
        introduced.add(new Arrival(id, text(row, "category"), created == null ? 0 : created.toEpochMilli()));
        arrivals = null;
        return add(Entity.PRODUCTS, row);
    }

    /**
     * Uploads a file, in place of one of the same name.
     *
     * @param name its name
     * @param bytes its bytes
     * @return this
     */
    public SampleStore file(String name, byte[] bytes) {
        files.put(name, bytes.clone());
        return this;
    }

    /**
     * Uploads a picture of a product, in place of one of the same name.
     *
     * @param name its name, which the product's {@code imageUrl} gives
     * @param picture its pixels
     * @return this
     */
    public SampleStore picture(String name, Picture picture) {
        Map<String, Picture> more = new HashMap<>(pictures.byName);
        more.put(name, picture);
        pictures = new SamplePictures(Map.copyOf(more));
        return this;
    }

    /** Pictures by their whole names; a key tells the pixels. */
    private record SamplePictures(Map<String, Picture> byName) implements Pictures {

        @Override
        public Optional<String> key(String imageUrl) {
            return Optional.ofNullable(byName.get(imageUrl)).map(SamplePictures::key);
        }

        @Override
        public int size() {
            return byName.size();
        }

        private static String key(Picture picture) {
            return picture.width() + "x" + picture.height() + ":" + Arrays.hashCode(picture.rgb());
        }
    }

    /**
     * Adds an order line of one piece in an order of its own.
     *
     * @param customer who bought; null for nobody known
     * @param product what
     * @param time when
     * @return this
     */
    public SampleStore purchase(String customer, String product, Instant time) {
        Map<String, Object> row = new HashMap<>(Map.of("orderId", "o" + lines++, "time", time, "productId", product, "quantity", 1.0,
                "unitPrice", 1.0));
        if (customer != null) {
            row.put("customerId", customer);
        }
        return add(Entity.ORDERS, row);
    }

    /**
     * Adds an event.
     *
     * @param type as in the import files
     * @param customer who; null for nobody known
     * @param session the visit; null when it is not known
     * @param product on what
     * @param value a rating's value; NaN for none
     * @param time when
     * @return this
     */
    public SampleStore event(String type, String customer, String session, String product, double value, Instant time) {
        Map<String, Object> row = new HashMap<>(Map.of("id", "e" + lines++, "time", time, "type", type, "productId", product));
        if (customer != null) {
            row.put("customerId", customer);
        }
        if (session != null) {
            row.put("sessionId", session);
        }
        if (!Double.isNaN(value)) {
            row.put("value", value);
        }
        return add(Entity.EVENTS, row);
    }

    /**
     * A training on all records with a job that nobody cancels.
     *
     * @param seed the seed
     * @return the training; nothing of it has to be closed
     */
    public Training training(long seed) {
        return new Training(snapshot(), seed, new SampleJob());
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Snapshot snapshot() {
        return new SampleSnapshot(rows, null, null);
    }

    @Override
    public Optional<Product> product(String id) {
        return Optional.ofNullable(products.get(id));
    }

    @Override
    public List<Interaction> history(String customer, int limit) {
        List<Interaction> history = new ArrayList<>();
        for (Map<String, Object> line : rows.get(Entity.ORDERS)) {
            if (customer.equals(line.get("customerId"))) {
                double quantity = (Double) line.get("quantity");
                history.add(new Interaction((String) line.get("productId"),
                        quantity > 0 ? Interaction.Type.PURCHASE : Interaction.Type.RETURN, (Instant) line.get("time"), Math.abs(quantity)));
            }
        }
        for (Map<String, Object> event : rows.get(Entity.EVENTS)) {
            if (customer.equals(event.get("customerId")) && !event.get("type").equals("search")) {
                Interaction.Type type = Interaction.Type.valueOf(((String) event.get("type")).toUpperCase(Locale.ROOT));
                history.add(new Interaction((String) event.get("productId"), type, (Instant) event.get("time"),
                        type == Interaction.Type.RATING ? (Double) event.get("value") : 1));
            }
        }
        history.sort(Comparator.comparing(Interaction::time).reversed());
        return history.subList(0, Math.min(limit, history.size()));
    }

    /** Tells on the thread that adds events, which are accepted in the order in which they are added. */
    @Override
    public Following follow(long after, int most, Consumer<ColumnBatch> batches, Consumer<String> forgotten) {
        Follower follower = new Follower((int) Math.max(after, accepted.size() - most), batches, forgotten);
        followers.add(follower);
        follower.tell();
        return () -> followers.remove(follower);
    }

    /**
     * How many follow the events, to see that all ended it.
     *
     * @return those that were not closed
     */
    public int followers() {
        return followers.size();
    }

    private final class Follower {

        private final int after;
        private final Consumer<ColumnBatch> batches;
        private final Consumer<String> forgotten;
        private int position;

        Follower(int after, Consumer<ColumnBatch> batches, Consumer<String> forgotten) {
            this.after = after;
            this.position = after;
            this.batches = batches;
            this.forgotten = forgotten;
        }

        void tell() {
            List<Map<String, Object>> news = new ArrayList<>();
            while (position < accepted.size()) {
                Map<String, Object> row = new HashMap<>(accepted.get(position++));
                if (!row.isEmpty()) {
                    row.put("position", (double) position);
                    news.add(row);
                }
            }
            SampleSnapshot.deliver(news, batches);
        }

        void forget(String customer) {
            forgotten.accept(customer);
            if (customer.isEmpty()) {
                position = after;
                tell();
            }
        }
    }

    @Override
    public synchronized List<Arrival> arrivals() {
        if (arrivals == null) {
            arrivals = introduced.stream().sorted(Comparator.comparingLong(Arrival::createdAt).reversed().thenComparing(Arrival::product))
                    .toList();
        }
        return arrivals;
    }

    @Override
    public Place place(String customer) {
        return rows.get(Entity.CUSTOMERS).stream().filter(row -> row.get("id").equals(customer)).findFirst()
                .map(row -> new Place(text(row, "country"), text(row, "region"), text(row, "city"))).orElse(Place.UNKNOWN);
    }

    private static String text(Map<String, Object> row, String column) {
        return (String) row.getOrDefault(column, "");
    }

    @Override
    public byte[] file(String name) {
        if (!files.containsKey(name)) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "Store " + store.id() + " has no file \"" + name + "\".");
        }
        return files.get(name).clone();
    }

    @Override
    public Pictures pictures() {
        return pictures;
    }

    @Override
    public Optional<Picture> picture(String key) {
        return pictures.byName.values().stream().filter(picture -> SamplePictures.key(picture).equals(key)).findFirst();
    }
}
