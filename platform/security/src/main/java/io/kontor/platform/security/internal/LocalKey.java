package io.kontor.platform.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A key of this process for commands on the same machine, in a file that only the server's own user can read. */
final class LocalKey implements AutoCloseable {

    private final Path file;
    private final String hash;

    private LocalKey(Path file, String hash) {
        this.file = file;
        this.hash = hash;
    }

    static LocalKey write(Path data) throws IOException {
        Path folder = Files.createDirectories(data.resolve("run"));
        Path file = folder.resolve("cli.key");
        String key = Secrets.newKey();
        Files.deleteIfExists(file);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the file " + file + " came back while it was being replaced", e);
        }
        Files.write(file, key.getBytes(StandardCharsets.UTF_8));
        return new LocalKey(file, Secrets.sha256(key));
    }

    boolean matches(String keyHash) {
        return hash.equals(keyHash);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
