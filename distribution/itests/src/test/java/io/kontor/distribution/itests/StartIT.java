package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.testkit.server.KontorServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start prints when it cannot succeed, and how a stop ends. */
class StartIT {

    @TempDir
    Path folder;

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            fails(Map.of("KONTOR_PORT", Integer.toString(taken.getLocalPort())), "Port " + taken.getLocalPort());
        }
    }

    @Test
    void saysThatThePortIsNoNumber() throws Exception {
        fails(Map.of("KONTOR_PORT", "eighty"), "KONTOR_PORT");
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() throws Exception {
        fails(Map.of("KONTOR_DB_URL", "jdbc:postgresql://127.0.0.1:1/kontor", "KONTOR_DB_USER", "kontor", "KONTOR_DB_PASSWORD",
                "s3cret-word"),
                "The database at jdbc:postgresql://127.0.0.1:1/kontor cannot be opened: nothing answers there.");
    }

    @Test
    void saysThatTheDataFolderIsInUse() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            fails(Map.of(), "in use");
            assertEquals(200, server.get("/health/ready").status());
        }
    }

    @Test
    void stopsCleanlyOnSigterm() throws Exception {
        KontorServer server = KontorServer.start(folder.resolve("data"), Map.of());
        server.process().destroy();
        assertTrue(server.process().waitFor(20, TimeUnit.SECONDS), "it must stop");
        assertTrue(server.process().exitValue() == 0 || server.process().exitValue() == 143,
                "exit value " + server.process().exitValue());
    }

    @Test
    void printsTheGeneratedPasswordOnceAndOnlyOnce() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
                long lines = server.output().stream().filter(line -> line.contains("admin") && line.contains("password")
                        || line.startsWith("Admin login")).count();
                assertEquals(start == 0 ? 1 : 0, lines, String.join("\n", server.output()));
            }
        }
    }

    private void fails(Map<String, String> environment, String expected) throws Exception {
        KontorServer server = KontorServer.launch(folder.resolve("data"), environment);
        try {
            assertTrue(server.process().waitFor(60, TimeUnit.SECONDS), "it must give up by itself");
            assertTrue(server.process().exitValue() != 0, "the exit value tells of the failure");
        } finally {
            server.kill();
        }
        String output = String.join("\n", server.output());
        assertTrue(output.contains(expected), "expected \"" + expected + "\" in: " + output);
        assertTrue(!output.contains("\tat ") && !output.contains("s3cret"), "one plain sentence: " + output);
    }
}
