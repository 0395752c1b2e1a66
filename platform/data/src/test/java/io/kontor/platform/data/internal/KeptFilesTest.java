package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.data.StoreFiles;
import io.kontor.platform.data.StoreFiles.StoreFile;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Files of stores. */
class KeptFilesTest {

    private static InputStream bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new ByteArrayInputStream(bytes);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aFileIsKeptReplacedAndRemoved(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreFiles files = new KeptFiles(bench.database);
            files.put("shop", "a.onnx", bytes(1, 2, 3), "anna");
            StoreFile second = files.put("shop", "a.onnx", bytes(1, 2), "ben");
            files.put("other", "a.onnx", bytes(9), "ben");
            assertEquals(second, files.list("shop").get(0));
            assertEquals("a12871fee210fb8619291eaea194581cbd2531e4b23759d225f6806923f63222", second.sha256());
            assertArrayEquals(new byte[] {1, 2}, files.bytes("shop", "a.onnx").orElseThrow());
            assertTrue(files.remove("shop", "a.onnx"));
            assertFalse(files.remove("shop", "a.onnx"));
            assertEquals(1, files.list("other").size());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatIsNoFileIsRefusedAndLeavesTheOldOne(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreFiles files = new KeptFiles(bench.database);
            files.put("shop", "a", bytes(1), "anna");
            for (String name : new String[] {"", ".a", "a/b", "../a", "a b", "ä", "a".repeat(101)}) {
                assertEquals(KontorException.Kind.DATA, assertThrows(KontorException.class, () -> files.put("shop", name, bytes(1), "anna"))
                        .kind(), name);
            }
            assertEquals("The file is empty.", assertThrows(KontorException.class, () -> files.put("shop", "a", bytes(), "anna"))
                    .getMessage());
            InputStream endless = new InputStream() {

                @Override
                public int read() {
                    return 7;
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return length;
                }
            };
            assertEquals("The file has more than 64 MiB.", assertThrows(KontorException.class,
                    () -> files.put("shop", "a", endless, "anna")).getMessage());
            assertEquals(1, files.list("shop").get(0).size());
            for (int file = 1; file < StoreFiles.MOST_FILES; file++) {
                files.put("shop", "f" + file, bytes(file), "anna");
            }
            assertEquals(KontorException.Kind.CAPACITY, assertThrows(KontorException.class,
                    () -> files.put("shop", "one-more", bytes(1), "anna")).kind());
            assertEquals(2, files.put("shop", "a", bytes(1, 2), "anna").size(), "one in place of another is no more");
        }
    }
}
