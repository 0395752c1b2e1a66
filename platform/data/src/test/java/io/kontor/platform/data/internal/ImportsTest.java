package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.data.Imports.Format;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class ImportsTest {

    private static final String ORDERS = "orderId,time,customerId,productId,quantity,unitPrice";
    private static final String TIME = "2026-02-01T10:00:00Z";

    private static void assertCounts(Map<String, Object> result, long read, long stored, long duplicates, long quarantined) {
        assertEquals(List.of(read, stored, duplicates, quarantined),
                List.of(result.get("read"), result.get("stored"), result.get("duplicates"), result.get("quarantined")), result.toString());
    }

    private static String price(Bench bench, String id) {
        return bench.memory.product("shop", id).map(product -> product.title() + " " + product.price()).orElse(null);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void storesAFileOnceHoweverOftenItComes(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            String[] file = {ORDERS, "1," + TIME + ",anna,p1,2,9.5", "1," + TIME + ",anna,p2,1,3", "2,2026-02-02T10:00:00Z,bo,p1,-1,9.5"};
            assertCounts(bench.load(Entity.ORDERS, file), 3, 3, 0, 0);
            assertCounts(bench.load(Entity.ORDERS, file), 3, 0, 3, 0);
            assertEquals(3, bench.extent(Entity.ORDERS).rows());
            assertEquals(Instant.parse(TIME), bench.extent(Entity.ORDERS).from());
            assertEquals(Instant.parse("2026-02-02T10:00:00Z"), bench.extent(Entity.ORDERS).to());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void countsEqualLinesOfAnOrderAcrossBatchesAndFiles(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            List<String> lines = new ArrayList<>(List.of(ORDERS));
            for (int i = 0; i < 3; i++) {
                lines.add("1," + TIME + ",anna,p1,1,5");
            }
            for (int i = 0; i < 4_500; i++) {
                lines.add((2 + i) + "," + TIME + ",anna,p" + i % 7 + ",1,5");
            }
            lines.add("1," + TIME + ",anna,p1,1,5");
            lines.add("1," + TIME + ",anna,p1,1,5");
            assertCounts(bench.load(Entity.ORDERS, lines.toArray(String[]::new)), 4_505, 4_505, 0, 0);
            assertCounts(bench.load(Entity.ORDERS, lines.toArray(String[]::new)), 4_505, 0, 4_505, 0);
            lines.add("1," + TIME + ",anna,p1,1,5");
            assertCounts(bench.load(Entity.ORDERS, lines.toArray(String[]::new)), 4_506, 1, 4_505, 0);
            assertEquals(4_506, bench.extent(Entity.ORDERS).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void replacesWhatHasChanged(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            assertCounts(bench.load(Entity.PRODUCTS, "id,title,price,attr.colour", "p1,Shirt,10,red", "p2,Hat,5,blue"), 2, 2, 0, 0);
            assertEquals("Shirt 10.0", price(bench, "p1"));
            assertCounts(bench.load(Entity.PRODUCTS, "id,title,price,attr.colour", "p1,Shirt,8,red", "p2,Hat,5,blue"), 2, 1, 1, 0);
            assertEquals("Shirt 8.0", price(bench, "p1"));
            assertCounts(bench.load(Entity.PRODUCTS, "id,title,price", "p3,Sock,1", "p3,Sock,2"), 2, 1, 1, 0);
            assertEquals("Sock 2.0", price(bench, "p3"), "of one identity in one file the last row counts");
            assertEquals(3, bench.extent(Entity.PRODUCTS).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void putsBadRowsAsideWithTheirReason(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            String[] file = {ORDERS, "1," + TIME + ",anna,p1,2,9.5", "2,yesterday,anna,p1,1,1", "3," + TIME + ",anna,p1,none,1",
                "4," + TIME + ",anna,p1,1", "\"5," + TIME + ",anna,p1,1,1", "6," + TIME + ",,p1,1,1"};
            Map<String, Object> result = bench.load(Entity.ORDERS, file);
            assertCounts(result, 6, 2, 0, 4);
            assertEquals(List.of(3L, 4L, 5L, 6L),
                    ((List<?>) result.get("issues")).stream().map(issue -> ((Map<?, ?>) issue).get("line")).toList());
            bench.load(Entity.ORDERS, file);
            assertEquals(4, bench.extent(Entity.ORDERS).quarantined(), "the same bad row is put aside once");
            List<Quarantined> aside = bench.database.jdbc(c -> Quarantine.list(c, "shop", Entity.ORDERS, Long.MAX_VALUE, 2));
            assertEquals(List.of(6L, 5L), aside.stream().map(Quarantined::line).toList());
            List<Quarantined> before = bench.database.jdbc(c -> Quarantine.list(c, "shop", null, aside.get(1).id(), 10));
            assertEquals("2,yesterday,anna,p1,1,1", before.get(1).raw());
            assertEquals("time", before.get(1).field());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void goesOnWhereItWasBrokenOff(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            List<String> lines = new ArrayList<>(List.of(ORDERS));
            for (int i = 0; i < 7_000; i++) {
                lines.add(i / 3 + "," + TIME + ",c" + i % 50 + ",p1,1," + (i % 1000 == 0 ? "x" : "5"));
            }
            String job = bench.submit(Entity.ORDERS, Format.CSV, lines.toArray(String[]::new));
            assertThrows(CancellationException.class, () -> bench.run(job, new Bench.BrokenOff(2)));
            assertEquals(3_996, bench.extent(Entity.ORDERS).rows(), "two batches are stored and no part of a third");
            assertCounts(bench.run(job, new Bench.Uneventful()), 7_000, 6_993, 0, 7);
            assertEquals(6_993, bench.extent(Entity.ORDERS).rows());
            assertEquals(7, bench.extent(Entity.ORDERS).quarantined());
            assertCounts(bench.run(job, new Bench.Uneventful()), 7_000, 6_993, 0, 7);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void leavesNothingBehindAfterACheck(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.ORDERS, ORDERS, "1," + TIME + ",anna,p1,2,9.5");
            String job = bench.imports.submit("shop", Entity.ORDERS, Format.CSV, false, Map.of(), true, Bench.bytes(ORDERS,
                    "1," + TIME + ",anna,p1,2,9.5", "1," + TIME + ",anna,p1,2,9.5", "2," + TIME + ",anna,p1,2,x"), Starter.SYSTEM);
            assertCounts(bench.run(job, new Bench.Uneventful()), 3, 1, 1, 1);
            assertEquals(1, bench.extent(Entity.ORDERS).rows());
            assertEquals(0, bench.extent(Entity.ORDERS).quarantined());
            try (var files = Files.list(bench.folder.resolve("imports"))) {
                assertEquals(0, files.count(), "the received file is gone");
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void readsCompressedFilesMappingsAndJson(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write("Artikel,Titel,Farbe\n衬衫1,\"Ein \"\"gutes\"\" Hemd,\nlang\",rot\n".getBytes(StandardCharsets.UTF_8));
            }
            String job = bench.imports.submit("shop", Entity.PRODUCTS, Format.CSV, true, Map.of("id", "Artikel", "title", "Titel",
                    "attr.colour", "Farbe"), false, new ByteArrayInputStream(zipped.toByteArray()), Starter.SYSTEM);
            assertCounts(bench.run(job, new Bench.Uneventful()), 1, 1, 0, 0);
            assertEquals("Ein \"gutes\" Hemd,\nlang NaN", price(bench, "衬衫1"));
            String json = bench.submit(Entity.PRODUCTS, Format.NDJSON, "{\"id\":\"j1\",\"title\":\"Hat\",\"price\":3.5,\"active\":false}", "",
                    "{\"id\":\"j2\",\"colour\":1}", "{\"id\":\"j3\",\"title\":[1]}", "{\"id\":");
            assertCounts(bench.run(json, new Bench.Uneventful()), 4, 1, 0, 3);
            assertEquals("Hat 3.5", price(bench, "j1"));
            assertEquals("[j1]", bench.memory.inactive("shop").toString());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void refusesFilesThatCannotBeUnderstood(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            assertRefused(bench, "Unknown columns: colour, size", "id,colour,size", "1,2,3");
            assertRefused(bench, "Required columns are missing: id", "title", "x");
            assertRefused(bench, "The column id is there twice", "id,id", "1,2");
            assertRefused(bench, "The file is empty", "");
            KontorException mapped = assertThrows(KontorException.class, () -> bench.imports.submit("shop", Entity.PRODUCTS, Format.CSV, false,
                    Map.of("id", "SKU"), false, Bench.bytes("id", "1"), Starter.SYSTEM));
            assertTrue(mapped.getMessage().contains("\"SKU\""), mapped.getMessage());
            assertThrows(KontorException.class, () -> bench.imports.submit("shop", Entity.PRODUCTS, Format.CSV, true, Map.of(), false,
                    Bench.bytes("id", "1"), Starter.SYSTEM));
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("connection reset");
                }
            };
            assertThrows(IOException.class, () -> bench.imports.submit("shop", Entity.PRODUCTS, Format.CSV, false, Map.of(), false, broken,
                    Starter.SYSTEM));
            try (var files = Files.list(bench.folder.resolve("imports"))) {
                assertEquals(0, files.count(), "nothing is kept");
            }
            assertTrue(bench.jobs.requests.isEmpty());
        }
    }

    private static void assertRefused(Bench bench, String reason, String... lines) {
        KontorException refused = assertThrows(KontorException.class, () -> bench.submit(Entity.PRODUCTS, Format.CSV, lines));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void removesFilesOfImportsThatWereCancelled(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            String job = bench.submit(Entity.ORDERS, Format.CSV, ORDERS, "1," + TIME + ",anna,p1,2,9.5");
            assertThrows(CancellationException.class, () -> bench.run(job, new Bench.BrokenOff(0)));
            String file = (String) bench.jobs.requests.get(job).parameters().get("file");
            new SpooledImports(bench.folder, bench.database, bench.jobs, Bench.NOW);
            assertTrue(Files.exists(bench.folder.resolve("imports").resolve(file)), "the job may go on");
            bench.jobs.states.put(job, Job.State.CANCELLED);
            new SpooledImports(bench.folder, bench.database, bench.jobs, Bench.NOW);
            assertFalse(Files.exists(bench.folder.resolve("imports").resolve(file)));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void takesEveryEntityWithAllItsColumns(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            for (Entity entity : Entity.values()) {
                Records records = Records.of(entity);
                String header = String.join(",", records.columns().stream().map(Column::name).toList());
                String row = String.join(",", records.columns().stream().map(ImportsTest::sample).toList());
                Map<String, Object> result = bench.load(entity, header, row);
                assertCounts(result, 1, 1, 0, 0);
                assertEquals(1, bench.extent(entity).rows(), entity.path());
            }
        }
    }

    private static String sample(Column column) {
        if (!column.choices().isEmpty()) {
            return Collections.max(column.choices());
        }
        if (column.name().equals("consent")) {
            return "marketing";
        }
        return switch (column.kind()) {
            case ID, TEXT -> column.name();
            case NUMBER, FLAG -> "1";
            case TIME -> TIME;
            case DATE -> "2026-02-01";
        };
    }
}
