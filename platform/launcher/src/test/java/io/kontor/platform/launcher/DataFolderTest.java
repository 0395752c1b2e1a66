package io.kontor.platform.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path parent;
    private Path data;

    @BeforeEach
    void name() {
        data = parent.resolve("new").resolve("data");
    }

    @Test
    void isHeldByOneKontorAtATime() throws Exception {
        DataFolder held = DataFolder.lock(data);
        StartFailure failure = assertThrows(StartFailure.class, () -> DataFolder.lock(data));
        assertEquals("The data folder " + data + " is in use by another Kontor (process " + ProcessHandle.current().pid() + ").",
                failure.getMessage());
        assertTrue(DataFolder.isHeld(data));
        held.close();
        assertFalse(DataFolder.isHeld(data));
        DataFolder.lock(data).close();
    }

    @Test
    void isNotHeldWhereNoKontorEverRan() throws IOException {
        assertFalse(DataFolder.isHeld(data));
        assertFalse(Files.exists(data));
    }

    @Test
    void canBeReadByItsOwnerOnly() throws Exception {
        try (DataFolder held = DataFolder.lock(data)) {
            held.announce("http://127.0.0.1:1");
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(DataFolder.serverFile(data))));
        }
    }

    @Test
    void leavesNoFileAboutAProcessThatHasEnded() throws Exception {
        try (DataFolder held = DataFolder.lock(data)) {
            held.announce("http://127.0.0.1:1");
        }
        assertFalse(Files.exists(DataFolder.serverFile(data)));
        assertFalse(Files.exists(DataFolder.pidFile(data)));
    }

    @Test
    void forgetsTheAddressOfAProcessThatWasKilled() throws Exception {
        DataFolder.emptyRunFile(data, "server.json");
        DataFolder.lock(data).close();
        assertFalse(Files.exists(DataFolder.serverFile(data)));
    }

    @Test
    void saysWhyItCannotBeWritten() throws IOException {
        Files.createDirectories(parent);
        Files.createFile(parent.resolve("file"));
        StartFailure failure = assertThrows(StartFailure.class, () -> DataFolder.lock(parent.resolve("file")));
        assertTrue(failure.getMessage().startsWith("The data folder " + parent.resolve("file") + " cannot be written: "),
                failure.getMessage());
    }
}
