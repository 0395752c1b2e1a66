package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.source.Feed;
import io.kontor.api.source.FieldMapping;
import io.kontor.api.source.RecordSink.FileResult;
import io.kontor.api.source.SourceFile;
import io.kontor.api.source.ValueFormat;
import io.kontor.platform.data.Sources.Verdict;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class SourceRunTest {

    private static final List<Feed> FEEDS = List.of(new Feed(Entity.PRODUCTS, "p", FieldMapping.NONE),
            new Feed(Entity.ORDERS, "o", FieldMapping.parse(new String[] {"orders.unitPrice:cents;unit=0.01", "orders.customerId:who"},
                    ValueFormat.PLAIN).get(Entity.ORDERS)));

    private static SourceRun run(Bench bench, String job, JobContext context) {
        return new SourceRun(bench.database, bench.memory, Bench.STORE, "src", job, context, Bench.NOW, FEEDS);
    }

    private static SourceRun run(Bench bench, String job) {
        return run(bench, job, new Quiet());
    }

    private static Map<String, Object> line(String order, String product, int cents) {
        return Map.of("orderId", order, "productId", product, "time", "2026-02-01T10:00:00Z", "quantity", 1, "cents", cents, "who", "anna",
                "unheard", List.of(1));
    }

    private static SourceFile file(String name, byte[] bytes) {
        return new SourceFile(name, bytes.length, Instant.EPOCH.plusSeconds(Arrays.hashCode(bytes)), StandardCharsets.UTF_8, ',',
                () -> new ByteArrayInputStream(bytes));
    }

    private static SourceFile file(String name, String... lines) {
        return file(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void assertCounts(SourceRun run, long read, long stored, long duplicates, long quarantined) {
        Map<String, Object> result = run.result();
        assertEquals(List.of(read, stored, duplicates, quarantined),
                List.of(result.get("read"), result.get("stored"), result.get("duplicates"), result.get("quarantined")), result.toString());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void storesRecordsOnceHoweverOftenTheyCome(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            List<Map<String, Object>> lines = List.of(line("1", "a", 999), line("1", "a", 999), line("1", "b", 50), line("2", "a", -1));
            SourceRun first = run(bench, "j1");
            assertTrue(first.watermark(Entity.ORDERS).isEmpty());
            assertTrue(first.records(Entity.ORDERS, lines, "w1"));
            assertCounts(first, 4, 3, 0, 1);
            SourceRun second = run(bench, "j2");
            assertEquals("w1", second.watermark(Entity.ORDERS).orElseThrow());
            second.records(Entity.ORDERS, lines, null);
            assertCounts(second, 4, 0, 3, 1);
            assertEquals("w1", second.watermark(Entity.ORDERS).orElseThrow(), "null leaves it where it was");
            assertEquals(3, bench.extent(Entity.ORDERS).rows());
            assertEquals(1, bench.extent(Entity.ORDERS).quarantined(), "the same bad record is put aside once");
            SourceTable.Progress progress = new SourceTable(bench.database).progress(new SourceTable.Key("shop", "src")).get(Entity.ORDERS);
            assertEquals(new SourceTable.Progress("w1", 0, 8, 3, 3, 2), progress);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void storesRowsAndWatermarkTogetherOrNotAtAll(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            SourceRun run = run(bench, "j1");
            run.records(Entity.PRODUCTS, List.of(Map.of("id", "p1", "price", 1)), "w1");
            bench.database.jdbc(connection -> connection.createStatement().executeUpdate("drop table source_feed"));
            assertThrows(KontorException.class, () -> run.records(Entity.PRODUCTS, List.of(Map.of("id", "p2", "price", 1)), "w2"));
            assertEquals(1, bench.extent(Entity.PRODUCTS).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void goesOnInAFileWhereItWasBrokenOff(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            List<String> lines = new ArrayList<>(List.of("id,price,junk"));
            for (int i = 0; i < 7_000; i++) {
                lines.add("p" + i + "," + (i == 6_500 ? "x" : "1") + ",j");
            }
            SourceFile file = file("a.csv", lines.toArray(String[]::new));
            SourceRun broken = run(bench, "j1", new Bench.BrokenOff(4) {
                @Override
                public void log(String line) {
                    assertEquals("products: a.csv", line);
                }
            });
            assertThrows(CancellationException.class, () -> broken.file(Entity.PRODUCTS, file));
            long before = bench.extent(Entity.PRODUCTS).rows();
            assertTrue(before > 0 && before < 7_000, "" + before);
            SourceRun again = run(bench, "j1");
            assertEquals(FileResult.TAKEN, again.file(Entity.PRODUCTS, file));
            assertCounts(again, 7_000 - before, 6_999 - before, 0, 1);
            assertEquals(6_999, bench.extent(Entity.PRODUCTS).rows());
            assertEquals(FileResult.KNOWN, again.file(Entity.PRODUCTS, file));
            assertEquals(FileResult.KNOWN, again.file(Entity.PRODUCTS, file("b.csv", lines.toArray(String[]::new))), "another name and time");
            assertEquals(7_000, new SourceTable(bench.database).progress(new SourceTable.Key("shop", "src")).get(Entity.PRODUCTS).read());
            assertEquals("[price]", bench.database.jdbc(connection -> Quarantine.list(connection, "shop", Entity.PRODUCTS, Long.MAX_VALUE, 9))
                    .stream().map(row -> row.field()).toList().toString());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void refusesAFileAsAWholeBeforeARowIsStored(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write("id,price\n".getBytes(StandardCharsets.UTF_8));
                for (int i = 0; i < 50_000; i++) {
                    gzip.write(("p" + i * 7919 + "," + i + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            SourceRun run = run(bench, "j1");
            assertEquals(FileResult.REFUSED,
                    run.file(Entity.PRODUCTS, file("cut.csv.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2))));
            assertEquals(FileResult.REFUSED, run.file(Entity.PRODUCTS, file("empty.csv", new byte[0])));
            assertEquals(FileResult.REFUSED, run.file(Entity.PRODUCTS, file("other.csv", "id;price", "p1;2")));
            assertEquals(FileResult.REFUSED, run.file(Entity.ORDERS, file("unmapped.csv", "orderId,time,productId,quantity,unitPrice,cents",
                    "1,2026-02-01,p,1,1,1")), "the mapped who is not there");
            assertEquals(List.of("cut.csv.gz: The compressed file is damaged or not complete.",
                    "empty.csv: The file is empty; its first line must name the columns.",
                    "other.csv: Required columns are missing: id. The file has one column only, \"id;price\"; is the delimiter right?",
                    "unmapped.csv: The mapping takes customerId from a column \"who\", which the file does not have."), run.refused());
            assertEquals(0, bench.extent(Entity.PRODUCTS).rows());
            assertEquals(FileResult.TAKEN, run.file(Entity.PRODUCTS, file("cut.csv.gz", bytes.toByteArray())));
            assertEquals(50_000, bench.extent(Entity.PRODUCTS).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aCheckJudgesTheFirstRowsAndStoresNothing(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            run(bench, "j1").records(Entity.ORDERS, List.of(line("1", "a", 999)), "w1");
            SourceCheck check = new SourceCheck(bench.database, Bench.STORE, new Quiet(), Bench.NOW, FEEDS);
            assertTrue(check.records(Entity.ORDERS, List.of(line("1", "a", 999), line("1", "a", 999), line("1", "b", -5)), "w2"));
            var rows = check.preview(null).feeds().get(1).rows();
            assertEquals(List.of(Verdict.DUPLICATE, Verdict.STORED, Verdict.QUARANTINED), rows.stream().map(row -> row.verdict()).toList());
            assertEquals("unitPrice must not be below 0", rows.get(2).reason());
            assertEquals("9.99", rows.get(0).values().get("unitPrice"));
            assertEquals(List.of("unheard"), check.preview(null).feeds().get(1).leftOut());
            List<Map<String, Object>> many = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                many.add(line("9", "x" + i, 1));
            }
            assertFalse(check.records(Entity.ORDERS, many, null), "enough");
            assertEquals(SourceCheck.ROWS, check.preview(null).feeds().get(1).rows().size());
            assertEquals(1, bench.extent(Entity.ORDERS).rows());
            assertNull(check.preview(null).error());
        }
    }

    /** A job to whose log nobody listens. */
    private static final class Quiet implements JobContext {

        @Override
        public void progress(double fraction, String message) {
            assertTrue(message.endsWith("rows read"), message);
        }

        @Override
        public void log(String line) {
            assertFalse(line.isBlank());
        }

        @Override
        public void checkCancelled() {
            // goes on
        }
    }
}
