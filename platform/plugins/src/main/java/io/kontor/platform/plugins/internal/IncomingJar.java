package io.kontor.platform.plugins.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A private copy of a jar that somebody wants to deploy: what is checked is what is installed, whatever happens to the original meanwhile.
 * Deleted on close.
 *
 * @param file the copy
 * @param sha256 hexadecimal hash of its bytes
 */
record IncomingJar(Path file, String sha256) implements AutoCloseable {

    /**
     * Copies a stream.
     *
     * @param in the bytes; not closed
     * @param folder where the copy goes; made when missing
     * @param limits how large it may be
     * @return the copy
     * @throws IOException when the stream breaks or the disk is full; nothing stays behind
     */
    static IncomingJar receive(InputStream in, Path folder, JarLimits limits) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "incoming-", ".tmp");
        try {
            return new IncomingJar(file, copy(in, file, limits));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * The hash of a file.
     *
     * @param file any file
     * @return hexadecimal SHA-256
     * @throws IOException when it cannot be read
     */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String copy(InputStream in, Path file, JarLimits limits) throws IOException {
        MessageDigest digest = digest();
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > limits.bytes()) {
                    throw Refusals.tooLarge("The jar is larger than " + (limits.bytes() >> 20) + " MB, the most that is taken.");
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }
}
