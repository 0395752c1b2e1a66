package io.kontor.api.choice;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * A snapshot without the rows in which some customers have to do with some products. Sums that name no customer, as those of days, stay as
 * they are, and so does what is told for the provenance.
 */
final class PartialSnapshot implements Snapshot {

    private static final Set<Entity> OF_CUSTOMERS = EnumSet.of(Entity.ORDERS, Entity.EVENTS, Entity.REVIEWS);

    private final Snapshot all;
    private final Map<String, Set<String>> hidden;

    PartialSnapshot(Snapshot all, Map<String, Set<String>> hidden) {
        this.all = all;
        this.hidden = hidden;
    }

    @Override
    public void read(Entity entity, Consumer<ColumnBatch> batches) {
        all.read(entity, OF_CUSTOMERS.contains(entity) ? without(batches) : batches);
    }

    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        all.interactions(without(batches));
    }

    @Override
    public void dailySales(ZoneId zone, Consumer<ColumnBatch> batches) {
        all.dailySales(zone, batches);
    }

    @Override
    public Snapshot window(Instant from, Instant until) {
        return new PartialSnapshot(all.window(from, until), hidden);
    }

    @Override
    public long position() {
        return all.position();
    }

    @Override
    public SnapshotInfo info() {
        return all.info();
    }

    @Override
    public void close() {
        all.close();
    }

    private Consumer<ColumnBatch> without(Consumer<ColumnBatch> batches) {
        return batch -> {
            String[] customers = batch.texts("customerId");
            String[] products = batch.texts("productId");
            int[] kept = new int[batch.size()];
            int count = 0;
            for (int row = 0; row < batch.size(); row++) {
                Set<String> own = customers[row] == null ? null : hidden.get(customers[row]);
                if (own == null || !own.contains(products[row])) {
                    kept[count++] = row;
                }
            }
            if (count == batch.size()) {
                batches.accept(batch);
            } else if (count > 0) {
                batches.accept(new Kept(batch, Arrays.copyOf(kept, count)));
            }
        };
    }

    // Some rows of a batch.
    private record Kept(ColumnBatch batch, int[] rows) implements ColumnBatch {

        @Override
        public int size() {
            return rows.length;
        }

        @Override
        public String[] texts(String column) {
            String[] from = batch.texts(column);
            String[] texts = new String[rows.length];
            Arrays.setAll(texts, i -> from[rows[i]]);
            return texts;
        }

        @Override
        public double[] numbers(String column) {
            double[] from = batch.numbers(column);
            double[] numbers = new double[rows.length];
            Arrays.setAll(numbers, i -> from[rows[i]]);
            return numbers;
        }

        @Override
        public long[] times(String column) {
            long[] from = batch.times(column);
            long[] times = new long[rows.length];
            Arrays.setAll(times, i -> from[rows[i]]);
            return times;
        }

        @Override
        public SortedSet<String> attributes() {
            return batch.attributes();
        }
    }
}
