package io.kontor.platform.models.internal;

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
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.data.StoreData;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The records of one store in memory. */
final class Shop implements DataAccess, StoreData {

    static final Store STORE = new Store("berlin", "Berlin", Currency.getInstance("EUR"), Locale.GERMANY, ZoneId.of("Europe/Berlin"), "DE");
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final int BATCH = 64;

    private final List<Deed> deeds = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private int open;

    /**
     * Somebody did something with a product.
     *
     * @param minute minutes after the shop began
     * @param customer who; null when unknown
     * @param product which
     * @param type what
     */
    record Deed(long minute, String customer, String product, Interaction.Type type) {

        long time() {
            return BEGIN.toEpochMilli() + minute * 60_000;
        }
    }

    void bought(long minute, String customer, String product) {
        deeds.add(new Deed(minute, customer, product, Interaction.Type.PURCHASE));
    }

    void add(Deed deed) {
        deeds.add(deed);
    }

    List<Deed> deeds() {
        return deeds.stream().sorted(Comparator.comparingLong(Deed::minute)).toList();
    }

    /** How often interactions were read. */
    int reads() {
        return reads.get();
    }

    /** How many snapshots are open. */
    int open() {
        return open;
    }

    /**
     * A shop with two kinds of customers, each of which buys ten products of its own: five early and, in the last fifth, another one. The most
     * popular products are bought by everybody early and by nobody late.
     */
    static Shop ofTwoTastes(int customers) {
        Shop shop = new Shop();
        for (int customer = 0; customer < customers; customer++) {
            String taste = customer % 2 == 0 ? "tea" : "tool";
            for (int i = 0; i < 5; i++) {
                shop.bought(customer * 5L + i, "c" + customer, i == 0 ? "bag" : taste + (customer / 2 + i) % 10);
            }
            shop.bought(customers * 5L + customer, "c" + customer, taste + (customer / 2 + 5) % 10);
        }
        return shop;
    }

    /** A shop with two kinds of customers, each of which buys one more of the ten products of its own in each of ten rounds. */
    static Shop inRounds(int customers) {
        Shop shop = new Shop();
        for (int round = 0; round < 10; round++) {
            for (int customer = 0; customer < customers; customer++) {
                String taste = customer % 2 == 0 ? "tea" : "tool";
                shop.bought((long) round * customers + customer, "c" + customer, taste + (customer / 2 + round) % 10);
            }
        }
        return shop;
    }

    @Override
    public Store store() {
        return STORE;
    }

    @Override
    public StoreData of(String store) {
        return this;
    }

    @Override
    public Snapshot snapshot() {
        open++;
        return new View(deeds(), null, null, true);
    }

    @Override
    public Optional<Product> product(String id) {
        return Optional.empty();
    }

    @Override
    public List<Interaction> history(String customer, int limit) {
        return List.of();
    }

    @Override
    public Following follow(long after, int most, Consumer<ColumnBatch> batches, Consumer<String> forgotten) {
        return () -> { };
    }

    @Override
    public List<Arrival> arrivals() {
        return List.of();
    }

    @Override
    public Place place(String customer) {
        return Place.UNKNOWN;
    }

    @Override
    public byte[] file(String name) {
        return new byte[0];
    }

    @Override
    public Pictures pictures() {
        throw new IllegalStateException("nobody asks for pictures");
    }

    @Override
    public Optional<Picture> picture(String key) {
        return Optional.empty();
    }

    @Override
    public List<Extent> extents(String store) {
        List<Deed> all = deeds();
        return List.of(new Extent(Entity.EVENTS, all.size(), Instant.ofEpochMilli(all.get(0).time()),
                Instant.ofEpochMilli(all.get(all.size() - 1).time()), 0), new Extent(Entity.PRODUCTS, 0, null, null, 0));
    }

    @Override
    public List<Quarantined> quarantine(String store, Entity entity, long before, int limit) {
        return List.of();
    }

    @Override
    public Set<String> inactiveProducts(String store) {
        return Set.of();
    }

    @Override
    public long changes(String store, Entity entity) {
        return 0;
    }

    /** A window on the deeds; its hash is that of the rows read. */
    private final class View implements Snapshot {

        private final List<Deed> all;
        private final Instant from;
        private final Instant until;
        private final boolean whole;
        private List<Deed> read = List.of();

        View(List<Deed> all, Instant from, Instant until, boolean whole) {
            this.all = all;
            this.from = from;
            this.until = until;
            this.whole = whole;
        }

        @Override
        public void read(Entity entity, Consumer<ColumnBatch> batches) {
            if (entity != Entity.PRODUCTS && entity != Entity.CUSTOMERS) {
                throw new UnsupportedOperationException("only interactions are known here, and nothing of products and customers");
            }
        }

        @Override
        public void interactions(Consumer<ColumnBatch> batches) {
            reads.incrementAndGet();
            read = all.stream().filter(deed -> (from == null || deed.time() >= from.toEpochMilli())
                    && (until == null || deed.time() < until.toEpochMilli())).toList();
            for (int begin = 0; begin < read.size(); begin += BATCH) {
                batches.accept(new Batch(read.subList(begin, Math.min(read.size(), begin + BATCH))));
            }
        }

        @Override
        public void dailySales(ZoneId zone, Consumer<ColumnBatch> batches) {
            throw new UnsupportedOperationException("only interactions are known here");
        }

        @Override
        public Snapshot window(Instant first, Instant end) {
            return new View(all, first == null ? from : first, end == null ? until : end, false);
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public SnapshotInfo info() {
            return new SnapshotInfo(read.isEmpty() ? null : Instant.ofEpochMilli(read.get(0).time()),
                    read.isEmpty() ? null : Instant.ofEpochMilli(read.get(read.size() - 1).time()), read.size(),
                    Integer.toHexString(read.hashCode()));
        }

        @Override
        public void close() {
            if (whole) {
                open--;
            }
        }
    }

    /** Some deeds as columns. */
    private record Batch(List<Deed> deeds) implements ColumnBatch {

        @Override
        public int size() {
            return deeds.size();
        }

        @Override
        public String[] texts(String column) {
            return deeds.stream().map(deed -> switch (column) {
                case "type" -> deed.type().text();
                case "sessionId" -> deed.minute() % 2 == 0 ? "s" + deed.minute() : null;
                case "customerId" -> deed.customer();
                case "productId" -> deed.product();
                default -> throw new IllegalArgumentException(column);
            }).toArray(String[]::new);
        }

        @Override
        public double[] numbers(String column) {
            return deeds.stream().mapToDouble(deed -> 1).toArray();
        }

        @Override
        public long[] times(String column) {
            return deeds.stream().mapToLong(Deed::time).toArray();
        }

        @Override
        public SortedSet<String> attributes() {
            return Collections.emptySortedSet();
        }
    }
}
