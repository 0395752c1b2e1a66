package io.kontor.platform.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemBundlesTest {

    @TempDir
    private Path system;

    @Test
    void ordersTheFoldersByNumberAndTheJarsByName() throws Exception {
        jar("100/b.jar");
        jar("100/a.jar");
        jar("20/c.jar");
        jar("20/notes.txt");
        SystemBundles bundles = SystemBundles.in(system);
        assertEquals(List.of(20, 100), List.copyOf(bundles.byLevel().keySet()));
        assertEquals(List.of(system.resolve("20/c.jar")), bundles.byLevel().get(20));
        assertEquals(List.of(system.resolve("100/a.jar"), system.resolve("100/b.jar")), bundles.byLevel().get(100));
        assertEquals(100, bundles.highestLevel());
    }

    @Test
    void refusesAFolderThatIsNoStartLevel() throws IOException {
        jar("late/a.jar");
        StartFailure failure = assertThrows(StartFailure.class, () -> SystemBundles.in(system));
        assertEquals("The folder " + system.resolve("late") + " is not named by a start level.", failure.getMessage());
    }

    @Test
    void asksToUnpackAgainWhenTheFolderIsMissing() {
        StartFailure failure = assertThrows(StartFailure.class, () -> SystemBundles.in(system.resolve("gone")));
        assertTrue(failure.getMessage().endsWith("unpack Kontor again."), failure.getMessage());
    }

    private void jar(String name) throws IOException {
        Files.createDirectories(system.resolve(name).getParent());
        Files.createFile(system.resolve(name));
    }
}
