package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.Imports.Format;
import io.kontor.platform.data.Uploads.Upload;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Files that wait until their columns are sorted. */
class UploadsTest {

    private static final String[] GOODS = {"SKU,Name,Colour,Note", "p1,Hat,red,x", "p2,\"Scarf, long\",blue,y", ",Nothing,,"};

    private final AtomicLong nanos = new AtomicLong();

    private WaitingUploads uploads(Bench bench) {
        return new WaitingUploads(bench.folder, bench.database, bench.jobs, Bench.NOW, nanos::get);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void showsColumnsAndFirstRowsThenChecksThenImports(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            WaitingUploads uploads = uploads(bench);
            Upload upload = uploads.receive("shop", "anna", "goods.csv", Bench.bytes(GOODS));
            assertEquals(List.of("SKU", "Name", "Colour", "Note"), upload.columns());
            assertEquals(List.of("p2", "Scarf, long", "blue", "y"), upload.rows().get(1));
            assertEquals(Format.CSV, upload.format());
            Map<String, String> mapping = Map.of("id", "SKU", "title", "Name", "attr.Colour", "Colour");
            assertThrows(KontorException.class,
                    () -> uploads.submit("shop", "anna", upload.id(), Entity.PRODUCTS,
                    mapping, Set.of(), true, Starter.SYSTEM), "Note is not sorted");
            String check = uploads.submit("shop", "anna", upload.id(), Entity.PRODUCTS, mapping, Set.of("Note"), true, Starter.SYSTEM);
            Map<String, Object> checked = bench.run(check, new Bench.Uneventful());
            assertEquals(List.of(3L, 2L, 1L, true),
                    List.of(checked.get("read"), checked.get("stored"), checked.get("quarantined"), checked.get("dryRun")));
            assertEquals(0, bench.extent(Entity.PRODUCTS).rows(), "a check stores nothing");
            String job = uploads.submit("shop", "anna", upload.id(), Entity.PRODUCTS, mapping, Set.of("Note"), false, Starter.SYSTEM);
            assertEquals(2L, bench.run(job, new Bench.Uneventful()).get("stored"));
            assertEquals(2, bench.extent(Entity.PRODUCTS).rows());
            assertEquals("products", bench.jobs.requests.get(job).parameters().get("entity"));
            assertTrue(uploads.find("shop", "anna", upload.id()).isEmpty());
            assertNothingKept(bench);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void belongsToItsOwnerAndStoreAndGoesWithTime(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            WaitingUploads uploads = uploads(bench);
            Upload upload = uploads.receive("shop", "anna", "goods.csv", Bench.bytes(GOODS));
            assertTrue(uploads.find("shop", "anna", upload.id()).isPresent());
            assertTrue(uploads.find("shop", "ben", upload.id()).isEmpty());
            assertTrue(uploads.find("other", "anna", upload.id()).isEmpty());
            assertThrows(NoSuchElementException.class,
                    () -> uploads.submit("shop", "ben", upload.id(), Entity.PRODUCTS, Map.of(), Set.of(), true, Starter.SYSTEM));
            nanos.addAndGet(TimeUnit.HOURS.toNanos(2));
            assertTrue(uploads.find("shop", "anna", upload.id()).isEmpty());
            Upload second = uploads.receive("shop", "anna", "goods.csv", Bench.bytes(GOODS));
            try (var files = Files.list(bench.folder.resolve("imports"))) {
                assertEquals(1, files.count(), "the first has gone");
            }
            assertTrue(uploads(bench).find("shop", "anna", second.id()).isEmpty(), "not over a restart");
            assertNothingKept(bench);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void readsCompressedLinesOfJsonAndLeavesFieldsOut(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write("{\"sku\":\"p1\",\"note\":1}\n\n{\"sku\":\"p2\",\"tags\":[1]}\nbroken\n".getBytes(StandardCharsets.UTF_8));
            }
            WaitingUploads uploads = uploads(bench);
            Upload upload = uploads.receive("shop", "anna", "goods", new ByteArrayInputStream(zipped.toByteArray()));
            assertEquals(List.of("sku", "note", "tags"), upload.columns());
            assertEquals(List.of(List.of("p1", "1", ""), List.of("p2", "", "…"), List.of("", "", "")), upload.rows());
            assertTrue(upload.gzip());
            String job = uploads.submit("shop", "anna", upload.id(), Entity.PRODUCTS,
                    Map.of("id", "sku"), Set.of("note"), false, Starter.SYSTEM);
            Map<String, Object> result = bench.run(job, new Bench.Uneventful());
            assertEquals(List.of(3L, 1L, 2L), List.of(result.get("read"), result.get("stored"), result.get("quarantined")));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void saysWhyAFileIsNotTaken(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            assertRefused(bench, "workbook", "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1));
            assertRefused(bench, "semicolons", "id;title\n1;Hat\n".getBytes(StandardCharsets.UTF_8));
            assertRefused(bench, "JSON array", " [{\"id\":1}]".getBytes(StandardCharsets.UTF_8));
            assertRefused(bench, "empty", " \n".getBytes(StandardCharsets.UTF_8));
            assertRefused(bench, "not a text file", new byte[] {'G', 'I', 'F', 0, 1});
            assertRefused(bench, "damaged", new byte[] {0x1f, (byte) 0x8b, 8, 0});
            assertNothingKept(bench);
        }
    }

    private void assertRefused(Bench bench, String reason, byte[] bytes) {
        KontorException refused = assertThrows(KontorException.class,
                () -> uploads(bench).receive("shop", "anna", "file", new ByteArrayInputStream(bytes)));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    private static void assertNothingKept(Bench bench) throws IOException {
        try (var files = Files.list(bench.folder.resolve("imports"))) {
            assertFalse(files.findAny().isPresent(), "nothing is kept");
        }
    }
}
