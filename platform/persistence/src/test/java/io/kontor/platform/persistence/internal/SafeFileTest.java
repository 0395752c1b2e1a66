package io.kontor.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFileTest {

    @Test
    void staysOpenWhenItsThreadIsInterrupted(@TempDir Path folder) throws IOException {
        SafeFile.register();
        byte[] tea = {1, 2, 3};
        ByteBuffer read = ByteBuffer.allocate(tea.length);
        try (FileChannel file = FilePath.get(SafeFile.SCHEME + ":" + folder.resolve("tea")).open("rw")) {
            Thread.currentThread().interrupt();
            assertEquals(tea.length, file.write(ByteBuffer.wrap(tea), 0));
            assertEquals(tea.length, file.read(read, 0));
            assertTrue(Thread.interrupted(), "who asks still knows of the interrupt");
            assertTrue(file.isOpen());
            assertEquals(tea.length, file.size());
            assertEquals(1, file.truncate(1).size());
        }
        assertArrayEquals(tea, read.array());
    }
}
