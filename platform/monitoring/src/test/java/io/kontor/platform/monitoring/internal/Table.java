package io.kontor.platform.monitoring.internal;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Records of one entity as columns in memory, in order of time. */
final class Table implements Snapshot {

    private static final int BATCH = 4_096;

    private final Entity entity;
    private final String clock;
    private final long[] times;
    private final Map<String, double[]> numbers;
    private final Map<String, String[]> texts;
    private final Map<String, long[]> moments = new TreeMap<>();
    private final long from;
    private final long until;

    private Table(Entity entity, String clock, long[] times, Map<String, double[]> numbers, Map<String, String[]> texts, long from,
            long until) {
        this.entity = entity;
        this.clock = clock;
        this.times = times;
        this.numbers = numbers;
        this.texts = texts;
        this.from = from;
        this.until = until;
    }

    Table(Entity entity, String clock, long[] times) {
        this(entity, clock, times, new TreeMap<>(), new TreeMap<>(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    double[] numbers(String column) {
        return numbers.computeIfAbsent(column, name -> {
            double[] values = new double[times.length];
            Arrays.fill(values, Double.NaN);
            return values;
        });
    }

    String[] texts(String column) {
        return texts.computeIfAbsent(column, name -> new String[times.length]);
    }

    long[] moments(String column) {
        return moments.computeIfAbsent(column, name -> {
            long[] values = new long[times.length];
            Arrays.fill(values, Long.MIN_VALUE);
            return values;
        });
    }

    long[] times() {
        return times;
    }

    @Override
    public void read(Entity wanted, Consumer<ColumnBatch> batches) {
        if (wanted != entity) {
            return;
        }
        int begin = 0;
        int end = times.length;
        if (clock != null) {
            while (begin < end && times[begin] < from) {
                begin++;
            }
            while (end > begin && times[end - 1] >= until) {
                end--;
            }
        }
        for (int at = begin; at < end; at += BATCH) {
            batches.accept(new Batch(at, Math.min(end, at + BATCH)));
        }
    }

    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        // there are none
    }

    @Override
    public void dailySales(ZoneId zone, Consumer<ColumnBatch> batches) {
        // nobody asks
    }

    @Override
    public Snapshot window(Instant first, Instant end) {
        Table view = new Table(entity, clock, times, numbers, texts, first == null ? from : Math.max(from, first.toEpochMilli()),
                end == null ? until : Math.min(until, end.toEpochMilli()));
        view.moments.putAll(moments);
        return view;
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public SnapshotInfo info() {
        return new SnapshotInfo(null, null, times.length, "");
    }

    @Override
    public void close() {
        // it is in memory
    }

    /** Some of the rows. */
    private final class Batch implements ColumnBatch {

        private final int begin;
        private final int end;

        Batch(int begin, int end) {
            this.begin = begin;
            this.end = end;
        }

        @Override
        public int size() {
            return end - begin;
        }

        @Override
        public String[] texts(String column) {
            return texts.containsKey(column) ? Arrays.copyOfRange(texts.get(column), begin, end) : new String[end - begin];
        }

        @Override
        public double[] numbers(String column) {
            double[] none = new double[end - begin];
            Arrays.fill(none, Double.NaN);
            return numbers.containsKey(column) ? Arrays.copyOfRange(numbers.get(column), begin, end) : none;
        }

        @Override
        public long[] times(String column) {
            return Arrays.copyOfRange(column.equals(clock) ? times : moments.get(column), begin, end);
        }

        @Override
        public SortedSet<String> attributes() {
            SortedSet<String> names = new TreeSet<>();
            numbers.keySet().stream().filter(name -> name.startsWith("attr.")).forEach(names::add);
            texts.keySet().stream().filter(name -> name.startsWith("attr.")).forEach(names::add);
            return names;
        }
    }
}
