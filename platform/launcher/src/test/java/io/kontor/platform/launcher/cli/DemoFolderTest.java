package io.kontor.platform.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {

    @TempDir
    private Path data;

    @Test
    void remembersWhichDemoItHoldsAndWhetherItIsComplete() {
        DemoFolder folder = new DemoFolder(data);
        assertTrue(folder.empty());
        assertEquals(Optional.empty(), folder.content());
        DemoFolder.Content content = new DemoFolder.Content(5, LocalDate.of(2026, 1, 31), false);
        folder.write(content);
        assertFalse(folder.empty());
        assertEquals(Optional.of(content), folder.content());
        folder.write(content.completed());
        assertTrue(folder.content().orElseThrow().complete());
    }

    @Test
    void countsAFolderThatIsNotThereAsEmpty() {
        assertTrue(new DemoFolder(data.resolve("none")).empty());
    }

    @Test
    void saysThatTheNoteIsDamaged() throws IOException {
        Files.writeString(data.resolve("demo.properties"), "seed=many\n");
        CommandFailure failure = assertThrows(CommandFailure.class, new DemoFolder(data)::content);
        assertTrue(failure.getMessage().contains("demo.properties is damaged"), failure.getMessage());
    }
}
