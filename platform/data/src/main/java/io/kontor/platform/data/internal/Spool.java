package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.data.Imports.Format;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The folder where received files wait for their import, as they came. Safe for several threads. */
final class Spool {

    private static final long LARGEST = 8L << 30;
    private static final long KEEP_FREE = 256L << 20;
    private static final int BUFFER = 1 << 16;

    private final Path folder;

    Spool(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a file to disk; it is durable when this returns.
     *
     * @param name under which it is kept
     * @param body the bytes
     * @throws IOException when the stream breaks or the disk fails; nothing is kept
     * @throws KontorException of kind CAPACITY when the file is too large for the limit or the disk
     */
    void receive(String name, InputStream body) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        boolean whole = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long room = Math.min(LARGEST, Files.getFileStore(folder).getUsableSpace() - KEEP_FREE);
            byte[] buffer = new byte[BUFFER];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                room -= read;
                if (room < 0) {
                    throw new KontorException(KontorException.Kind.CAPACITY, "The file is too large: at most 8 GiB are taken, and not more "
                            + "than the disk has room for.");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A received file that is being read. */
    record Opened(RecordReader reader, SeekableByteChannel bytes) implements AutoCloseable {

        /** How much of the file has been taken in, 0 to 1. */
        double share() throws IOException {
            return bytes.size() == 0 ? 1 : (double) bytes.position() / bytes.size();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /**
     * Opens a received file and reads its header.
     *
     * @throws KontorException of kind DATA, when the header or the mapping cannot be accepted or the file is not what it says
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    Opened open(String name, Records records, Format format, boolean gzip, Map<String, String> mapping, Set<String> leftOut)
            throws IOException {
        SeekableByteChannel channel = channel(name);
        try {
            InputStream bytes = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
            InputStream plain = gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
            RecordReader reader = format == Format.CSV ? new CsvRecords(plain, records, mapping, leftOut)
                    : new JsonRecords(plain, records, mapping, leftOut);
            return new Opened(reader, channel);
        } catch (ZipException | java.io.EOFException e) {
            channel.close();
            throw new KontorException(KontorException.Kind.DATA, "The file says it is compressed with gzip, but it is not.", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Opens a received file as it came.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    SeekableByteChannel channel(String name) throws IOException {
        return Files.newByteChannel(folder.resolve(name));
    }

    /** Opens a received file as it came. */
    BufferedInputStream bytes(String name) throws IOException {
        return new BufferedInputStream(Files.newInputStream(folder.resolve(name)), BUFFER);
    }

    long size(String name) throws IOException {
        return Files.size(folder.resolve(name));
    }

    /** Keeps a received file under a second name too, so that each can be removed by itself. */
    void copy(String name, String second) throws IOException {
        Path target = folder.resolve(second);
        try {
            Files.createLink(target, folder.resolve(name));
        } catch (UnsupportedOperationException | FileSystemException e) {
            // not every file system knows links
            Files.copy(folder.resolve(name), target);
        }
    }

    /** Removes all files whose names begin so. */
    void removeAll(String prefix) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The imported file could not be removed from the data folder", e);
        }
    }
}
