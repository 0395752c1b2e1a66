package io.kontor.recommend.sessionknn;

import io.kontor.api.data.Arrival;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Following;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Picture;
import io.kontor.api.data.Pictures;
import io.kontor.api.data.Place;
import io.kontor.api.data.Product;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.StoreData;
import io.kontor.api.store.Store;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.function.Consumer;

/** Another store's data, followed by visits of four views that are made when they are told. */
final class EventStream implements StoreData {

    private static final long BEGIN = 1_770_000_000_000L;
    private static final int PRODUCTS = 3_000;

    private final StoreData store;
    private final Random random = new Random(1);
    private Consumer<ColumnBatch> batches;
    private int told;

    EventStream(StoreData store) {
        this.store = store;
    }

    /** Tells the next views; a tenth of them is of a product that nobody looks at again. */
    void tell(int events) {
        String[] types = new String[events];
        String[] nobody = new String[events];
        String[] sessions = new String[events];
        String[] products = new String[events];
        long[] times = new long[events];
        double[] positions = new double[events];
        Arrays.fill(types, "view");
        for (int i = 0; i < events; i++) {
            sessions[i] = "v" + told / 4;
            products[i] = told % 10 == 0 ? "once" + told : "p" + random.nextInt(PRODUCTS / (1 + random.nextInt(PRODUCTS)));
            times[i] = BEGIN + told++;
            positions[i] = told;
        }
        batches.accept(new Batch(events, types, nobody, sessions, products, times, positions));
    }

    private record Batch(int size, String[] types, String[] nobody, String[] sessions, String[] products, long[] times,
            double[] positions) implements ColumnBatch {

        @Override
        public String[] texts(String column) {
            return switch (column) {
                case "type" -> types;
                case "sessionId" -> sessions;
                case "productId" -> products;
                default -> nobody;
            };
        }

        @Override
        public double[] numbers(String column) {
            return positions;
        }

        @Override
        public long[] times(String column) {
            return times;
        }

        @Override
        public SortedSet<String> attributes() {
            return Collections.emptySortedSet();
        }
    }

    @Override
    public Following follow(long after, int most, Consumer<ColumnBatch> consumer, Consumer<String> forgotten) {
        batches = consumer;
        return () -> batches = batch -> { };
    }

    @Override
    public Store store() {
        return store.store();
    }

    @Override
    public Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public Optional<Product> product(String id) {
        return store.product(id);
    }

    @Override
    public List<Interaction> history(String customer, int limit) {
        return store.history(customer, limit);
    }

    @Override
    public List<Arrival> arrivals() {
        return store.arrivals();
    }

    @Override
    public Place place(String customer) {
        return store.place(customer);
    }

    @Override
    public byte[] file(String name) {
        return store.file(name);
    }

    @Override
    public Pictures pictures() {
        return store.pictures();
    }

    @Override
    public Optional<Picture> picture(String key) {
        return store.picture(key);
    }
}
