package io.kontor.platform.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of all that Kontor writes, held by one process at a time. The lock is the operating system's, so a killed process leaves none
 * behind; what the files say about the process is for people and for the command line only.
 */
public final class DataFolder implements AutoCloseable {

    private static final FileAttribute<?> OWNER_FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> OWNER_FILE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the folder where needed and takes it for this process.
     *
     * @param folder absolute
     * @return the folder, to be closed at the very end
     * @throws StartFailure when another process holds it or it cannot be written
     */
    public static DataFolder lock(Path folder) throws StartFailure {
        try {
            create(folder);
            FileChannel channel = open(lockFile(folder));
            if (!take(channel)) {
                channel.close();
                throw StartFailure.failed("The data folder " + folder + " is in use by another Kontor" + holder(folder) + ".");
            }
            DataFolder held = new DataFolder(folder, channel);
            Files.deleteIfExists(serverFile(folder));
            held.write(pidFile(folder), ProcessHandle.current().pid() + "\n");
            return held;
        } catch (IOException e) {
            throw StartFailure.failed("The data folder " + folder + " cannot be written: " + reason(e) + ".", e);
        }
    }

    /**
     * Whether a process holds the folder.
     *
     * @param folder absolute
     * @return true while a server runs on it
     * @throws IOException when the lock cannot be asked
     */
    public static boolean isHeld(Path folder) throws IOException {
        if (!Files.exists(lockFile(folder))) {
            return false;
        }
        try (FileChannel channel = open(lockFile(folder))) {
            return !take(channel);
        }
    }

    /**
     * The file with the process number of the server.
     *
     * @param data the data folder
     * @return its path
     */
    public static Path pidFile(Path data) {
        return data.resolve("run").resolve("kontor.pid");
    }

    /**
     * The file that tells local commands where the server answers; there only while it is ready.
     *
     * @param data the data folder
     * @return its path
     */
    public static Path serverFile(Path data) {
        return data.resolve("run").resolve("server.json");
    }

    /**
     * The socket file on which the server gives a shell.
     *
     * @param data the data folder
     * @return its path
     */
    public static Path consoleSocket(Path data) {
        return data.resolve("run").resolve("console.sock");
    }

    /**
     * A new empty file among those about the process, readable by its owner only.
     *
     * @param data the data folder, created where needed
     * @param name of the file
     * @return its path
     * @throws IOException when it cannot be written
     */
    public static Path emptyRunFile(Path data, String name) throws IOException {
        create(data);
        Path file = data.resolve("run").resolve(name);
        Files.deleteIfExists(file);
        return Files.createFile(file, OWNER_FILE);
    }

    /**
     * Tells local commands where the server answers.
     *
     * @param url the server's address, without a path
     * @throws IOException when the file cannot be written
     */
    public void announce(String url) throws IOException {
        write(serverFile(folder), "{\"url\": \"%s\", \"pid\": %d}%n".formatted(url, ProcessHandle.current().pid()));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(serverFile(folder));
        Files.deleteIfExists(pidFile(folder));
        channel.close();
    }

    private void write(Path file, String text) throws IOException {
        Path draft = emptyRunFile(folder, file.getFileName() + ".new");
        Files.writeString(draft, text, StandardCharsets.UTF_8);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void create(Path folder) throws IOException {
        Files.createDirectories(folder, OWNER_FOLDER);
        Files.createDirectories(folder.resolve("run"), OWNER_FOLDER);
        Files.createDirectories(folder.resolve("logs"), OWNER_FOLDER);
    }

    private static boolean take(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static FileChannel open(Path lockFile) throws IOException {
        return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path lockFile(Path folder) {
        return folder.resolve("run").resolve("kontor.lock");
    }

    private static String holder(Path folder) throws IOException {
        return Files.exists(pidFile(folder)) ? " (process " + Files.readString(pidFile(folder)).strip() + ")" : "";
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException f) {
            String reason = f.getReason() == null ? f.getClass().getSimpleName() : f.getReason();
            return f.getFile() + ": " + reason;
        }
        return e.getMessage();
    }
}
