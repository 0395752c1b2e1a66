package io.kontor.platform.testkit.data;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The rows of a sample store as they were when it was made. */
final class SampleSnapshot implements Snapshot {

    private static final int BATCH = 4_096;
    private static final Map<Entity, String> CLOCKS = Map.of(Entity.ORDERS, "time", Entity.EVENTS, "time", Entity.SALES, "date",
            Entity.PRICES, "from", Entity.STOCK, "time", Entity.TRANSACTIONS, "time", Entity.APPLICATIONS, "time", Entity.REVIEWS, "time");

    private final Map<Entity, List<Map<String, Object>>> rows = new EnumMap<>(Entity.class);
    private final Instant from;
    private final Instant until;
    private final Map<Entity, List<Map<String, Object>>> read = new EnumMap<>(Entity.class);

    SampleSnapshot(Map<Entity, List<Map<String, Object>>> rows, Instant from, Instant until) {
        rows.forEach((entity, list) -> this.rows.put(entity, List.copyOf(list)));
        this.from = from;
        this.until = until;
    }

    private List<Map<String, Object>> inside(Entity entity) {
        String clock = CLOCKS.get(entity);
        List<Map<String, Object>> inside = new ArrayList<>();
        for (Map<String, Object> row : rows.get(entity)) {
            Instant time = clock == null ? null : (Instant) row.get(clock);
            if (time == null || (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until))) {
                inside.add(asKnown(row));
            }
        }
        Comparator<Map<String, Object>> byContent = Comparator.comparing(row -> new TreeMap<>(row).toString());
        inside.sort(clock == null ? byContent
                : Comparator.comparing((Map<String, Object> row) -> (Instant) row.get(clock)).thenComparing(byContent));
        read.put(entity, inside);
        return inside;
    }

    /** Without a label that came after the window. */
    private Map<String, Object> asKnown(Map<String, Object> row) {
        if (until == null || !(row.get("labelTime") instanceof Instant known) || known.isBefore(until)) {
            return row;
        }
        Map<String, Object> unlabelled = new HashMap<>(row);
        unlabelled.keySet().removeAll(List.of("label", "labelTime"));
        return unlabelled;
    }

    @Override
    public void read(Entity entity, Consumer<ColumnBatch> batches) {
        deliver(inside(entity), batches);
    }

    @Override
    public void interactions(Consumer<ColumnBatch> batches) {
        List<Map<String, Object>> all = new ArrayList<>();
        inside(Entity.ORDERS).stream().map(SampleSnapshot::bought).forEach(all::add);
        inside(Entity.EVENTS).stream().filter(SampleSnapshot::isInteraction).map(SampleSnapshot::interaction).forEach(all::add);
        all.sort(Comparator.comparing(row -> (Instant) row.get("time")));
        deliver(all, batches);
    }

    static Map<String, Object> bought(Map<String, Object> line) {
        double quantity = (Double) line.get("quantity");
        Map<String, Object> row = new HashMap<>(line);
        row.put("type", (quantity > 0 ? Interaction.Type.PURCHASE : Interaction.Type.RETURN).text());
        row.put("sessionId", line.get("orderId"));
        row.put("value", Math.abs(quantity));
        return row;
    }

    static boolean isInteraction(Map<String, Object> event) {
        return !event.get("type").equals("search");
    }

    static Map<String, Object> interaction(Map<String, Object> event) {
        Map<String, Object> row = new HashMap<>(event);
        row.put("value", event.get("type").equals("rating") ? event.get("value") : Double.valueOf(1));
        return row;
    }

    @Override
    public void dailySales(ZoneId zone, Consumer<ColumnBatch> batches) {
        Map<String, TreeMap<LocalDate, double[]>> sums = new TreeMap<>();
        for (Map<String, Object> line : inside(Entity.ORDERS)) {
            String status = String.valueOf(line.get("status")).toLowerCase(Locale.ROOT);
            double quantity = (Double) line.get("quantity");
            if (quantity > 0 && !status.equals("cancelled") && !status.equals("canceled")) {
                double[] sum = sums.computeIfAbsent((String) line.get("productId"), id -> new TreeMap<>())
                        .computeIfAbsent(LocalDate.ofInstant((Instant) line.get("time"), zone), day -> new double[2]);
                sum[0] += quantity;
                sum[1] += quantity * (Double) line.get("unitPrice");
            }
        }
        List<Map<String, Object>> days = new ArrayList<>();
        sums.forEach((product, byDay) -> byDay.forEach((day, sum) -> days.add(Map.of("productId", product, "date",
                day.atStartOfDay(ZoneOffset.UTC).toInstant(), "quantity", sum[0], "price", sum[1] / sum[0]))));
        deliver(days, batches);
    }

    static void deliver(List<Map<String, Object>> rows, Consumer<ColumnBatch> batches) {
        for (int start = 0; start < rows.size(); start += BATCH) {
            batches.accept(new Batch(rows.subList(start, Math.min(start + BATCH, rows.size()))));
        }
    }

    private record Batch(List<Map<String, Object>> rows) implements ColumnBatch {

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public String[] texts(String column) {
            boolean attribute = column.startsWith("attr.");
            return rows.stream().map(row -> row.get(column)).map(value -> attribute && value != null ? value.toString() : (String) value)
                    .toArray(String[]::new);
        }

        @Override
        public double[] numbers(String column) {
            return rows.stream().mapToDouble(row -> row.get(column) instanceof Double number ? number : Double.NaN).toArray();
        }

        @Override
        public long[] times(String column) {
            long[] times = new long[rows.size()];
            Arrays.setAll(times, i -> rows.get(i).get(column) instanceof Instant time ? time.toEpochMilli() : Long.MIN_VALUE);
            return times;
        }

        @Override
        public SortedSet<String> attributes() {
            SortedSet<String> names = new TreeSet<>();
            rows.forEach(row -> row.keySet().stream().filter(name -> name.startsWith("attr.")).forEach(names::add));
            return names;
        }
    }

    @Override
    public Snapshot window(Instant start, Instant end) {
        Instant first = start == null || from != null && from.isAfter(start) ? from : start;
        Instant last = end == null || until != null && until.isBefore(end) ? until : end;
        return new SampleSnapshot(rows, first, last);
    }

    @Override
    public long position() {
        return rows.get(Entity.EVENTS).size() + rows.get(Entity.ORDERS).size();
    }

    @Override
    public SnapshotInfo info() {
        Instant first = null;
        Instant last = null;
        long count = 0;
        StringBuilder content = new StringBuilder();
        for (Map.Entry<Entity, List<Map<String, Object>>> entry : read.entrySet()) {
            for (Map<String, Object> row : entry.getValue()) {
                Instant time = CLOCKS.containsKey(entry.getKey()) ? (Instant) row.get(CLOCKS.get(entry.getKey())) : null;
                first = time != null && (first == null || time.isBefore(first)) ? time : first;
                last = time != null && (last == null || time.isAfter(last)) ? time : last;
                count++;
                content.append(new TreeMap<>(row)).append('\n');
            }
        }
        return new SnapshotInfo(first, last, count, hash(content.toString()));
    }

    private static String hash(String content) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        // The rows are in memory.
    }
}
