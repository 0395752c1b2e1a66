package io.kontor.distribution.benchmarks;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Purchases made while they are read: fifty tastes, in each of which the popularity of products falls by Zipf's law, customers who choose mostly
 * within two tastes, a few of them much more than others. Each product is bought at least once.
 */
final class TasteShop implements Snapshot {

    private static final int TASTES = 50;
    private static final int BATCH = 8192;
    private static final double BY_CHANCE = 0.1;
    private static final long BEGIN = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    private final long rows;
    private final int customers;
    private final String[] products;

    TasteShop(long rows, int customers, int products) {
        this.rows = rows;
        this.customers = customers;
        this.products = new String[products];
        for (int product = 0; product < products; product++) {
            this.products[product] = "p" + product;
        }
    }

    /** A product of a customer's tastes. */
    int product(int customer, SplittableRandom random) {
        int own = (customer + (random.nextBoolean() ? 0 : customer / TASTES)) % TASTES;
        int taste = random.nextDouble() < BY_CHANCE ? random.nextInt(TASTES) : own;
        int ranks = Math.max(1, products.length / TASTES);
        int rank = (int) Math.pow(ranks, random.nextDouble()) - 1;
        return Math.min(products.length - 1, rank * TASTES + taste);
    }

    /** What somebody chose, newest first. */
    List<Interaction> history(int customer, int size) {
        SplittableRandom random = new SplittableRandom(customer);
        List<Interaction> history = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            history.add(new Interaction(products[product(customer, random)], Interaction.Type.PURCHASE, Instant.ofEpochMilli(BEGIN), 1));
        }
        return history;
    }

    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        SplittableRandom random = new SplittableRandom(7);
        Batch batch = new Batch();
        for (long row = 0; row < rows; row++) {
            double skewed = random.nextDouble();
            int customer = (int) (customers * skewed * skewed);
            batch.customers[batch.size] = "c" + customer;
            batch.products[batch.size] = products[row < products.length ? (int) row : product(customer, random)];
            batch.times[batch.size] = BEGIN + row;
            if (++batch.size == BATCH || row == rows - 1) {
                batches.accept(batch);
                batch.size = 0;
            }
        }
    }

    private static final class Batch implements ColumnBatch {

        private final String[] types = new String[BATCH];
        private final String[] none = new String[BATCH];
        private final String[] customers = new String[BATCH];
        private final String[] products = new String[BATCH];
        private final long[] times = new long[BATCH];
        private final double[] values = new double[BATCH];
        private int size;

        Batch() {
            Arrays.fill(types, "purchase");
            Arrays.fill(values, 1);
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public String[] texts(String column) {
            return switch (column) {
                case "type" -> types;
                case "customerId" -> customers;
                case "productId" -> products;
                default -> none;
            };
        }

        @Override
        public double[] numbers(String column) {
            return values;
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
    public void read(Entity entity, Consumer<ColumnBatch> batches) {
        // has choices only
    }

    @Override
    public void dailySales(ZoneId zone, Consumer<ColumnBatch> batches) {
        // has choices only
    }

    @Override
    public Snapshot window(Instant from, Instant until) {
        return this;
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public SnapshotInfo info() {
        return new SnapshotInfo(Instant.ofEpochMilli(BEGIN), Instant.ofEpochMilli(BEGIN + rows), rows, "generated");
    }

    @Override
    public void close() {
        // holds nothing
    }
}
