package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artifacts of models as files {@code models/<store>/<plugin>/<id>.model} in the data folder. A file appears under its name only when
 * all its bytes are on the disk: written under another name, forced, renamed, and the folder forced. So whatever moment the process is
 * killed at, a name stands for a whole artifact or for none. Safe for use by several threads.
 */
@Component(service = ArtifactFiles.class)
public final class ArtifactFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactFiles.class);
    private static final String COMPLETE = ".model";
    private static final String PARTIAL = ".part";
    /** No store is called so, see {@link #encode}. */
    private static final String SCRATCH = ".scratch";

    private final Path root;
    private final BiConsumer<Step, Path> observer;
    private final Set<Path> own = ConcurrentHashMap.newKeySet();

    /** Moments between which a kill leaves different files behind. */
    enum Step {
        /** All bytes were handed to the operating system under the temporary name. */
        WRITTEN,
        /** They are on the disk. */
        FORCED,
        /** The file has its name, the folder entry may still be in memory only. */
        RENAMED,
        /** All is on the disk. */
        DURABLE
    }

    /** Gives the bytes of an artifact. */
    @FunctionalInterface
    interface Content {

        /**
         * Writes all bytes.
         *
         * @param out buffered; need not be closed
         * @throws IOException when it cannot
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * What was written.
     *
     * @param sizeBytes number of bytes
     * @param sha256 their hash in hexadecimal digits
     */
    record Artifact(long sizeBytes, String sha256) {
    }

    /**
     * The files of this installation.
     *
     * @param context tells the data folder by the property {@code kontor.data}
     */
    @Activate
    public ArtifactFiles(BundleContext context) {
        this(dataFolder(context).resolve("models"), (step, file) -> { });
    }

    ArtifactFiles(Path root, BiConsumer<Step, Path> observer) {
        this.root = root;
        this.observer = observer;
    }

    private static Path dataFolder(BundleContext context) {
        String folder = context.getProperty("kontor.data");
        if (folder == null) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "The property kontor.data does not name the data folder.");
        }
        return Path.of(folder);
    }

    /**
     * Writes an artifact; it is durable when this returns. Nothing is left behind when writing fails.
     *
     * @param key plugin and store
     * @param id the model's id, not used before
     * @param content gives the bytes
     * @return size and checksum
     * @throws IOException when the content or the disk fails
     */
    Artifact write(ChampionIndex.Key key, String id, Content content) throws IOException {
        Path file = file(key, id);
        Path folder = file.getParent();
        createDurably(folder);
        Path partial = folder.resolve(id + PARTIAL);
        own.add(partial);
        own.add(file);
        try {
            Artifact artifact = writePartial(partial, content);
            observer.accept(Step.FORCED, file);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            observer.accept(Step.RENAMED, file);
            force(folder);
            observer.accept(Step.DURABLE, file);
            return artifact;
        } finally {
            Files.deleteIfExists(partial);
            own.remove(partial);
        }
    }

    private Artifact writePartial(Path partial, Content content) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
            content.writeTo(out);
            out.flush();
            observer.accept(Step.WRITTEN, partial);
            channel.force(true);
            return new Artifact(channel.size(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    /**
     * Opens an artifact after its checksum was verified.
     *
     * @param key plugin and store
     * @param id the model's id
     * @param sha256 the registered checksum
     * @return its bytes; to be closed
     * @throws KontorException of kind INTERNAL when the file is missing or was changed
     * @throws IOException when the disk fails
     */
    InputStream open(ChampionIndex.Key key, String id, String sha256) throws IOException {
        Path file = file(key, id);
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (NoSuchFileException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The artifact of model " + id + " of plugin " + key.plugin()
                    + " for store " + key.store() + " is missing; train again or make another model the champion.", e);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The artifact of model " + id + " of plugin " + key.plugin()
                    + " for store " + key.store() + " was changed on the disk; train again or make another model the champion.");
        }
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /**
     * Removes an artifact if it is there.
     *
     * @param key plugin and store
     * @param id the model's id
     * @throws IOException when the disk fails
     */
    void delete(ChampionIndex.Key key, String id) throws IOException {
        Path file = file(key, id);
        Files.deleteIfExists(file);
        own.remove(file);
    }

    /**
     * Takes a name for a file that is only needed for a while; what a kill leaves is swept up at the next start.
     *
     * @return a file that does not exist yet; to be discarded
     * @throws IOException when the disk fails
     */
    Path scratch() throws IOException {
        Path folder = root.resolve(SCRATCH);
        Files.createDirectories(folder);
        Path file = folder.resolve(UUID.randomUUID() + PARTIAL);
        own.add(file);
        return file;
    }

    /**
     * Removes a file that was needed for a while.
     *
     * @param file from {@link #scratch}
     */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
            own.remove(file);
        } catch (IOException e) {
            LOG.warn("The file {} could not be removed; this is tried again at the next start", file, e);
        }
    }

    /**
     * Removes all artifacts of a store.
     *
     * @param store the store's id
     * @throws IOException when the disk fails
     */
    void deleteStore(String store) throws IOException {
        Path folder = root.resolve(encode(store));
        for (Path path : tree(folder)) {
            Files.deleteIfExists(path);
            own.remove(path);
        }
    }

    /**
     * Removes what earlier runs of the server left: half-written files, and artifacts that nobody registered because the process died
     * before. Files that this run writes are left alone.
     *
     * @param registered ids of all registered models, asked for after the files were listed
     * @return how many files were removed
     * @throws IOException when the disk fails
     */
    int sweep(Supplier<Set<String>> registered) throws IOException {
        List<Path> files = tree(root).stream().filter(Files::isRegularFile).toList();
        if (files.isEmpty()) {
            return 0;
        }
        Set<String> known = registered.get();
        int removed = 0;
        for (Path file : files) {
            String name = file.getFileName().toString();
            boolean kept = name.endsWith(COMPLETE) && known.contains(name.substring(0, name.length() - COMPLETE.length()));
            if (!kept && !own.contains(file) && Files.deleteIfExists(file)) {
                removed++;
            }
        }
        return removed;
    }

    private static List<Path> tree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private Path file(ChampionIndex.Key key, String id) {
        return root.resolve(encode(key.store())).resolve(encode(key.plugin())).resolve(id + COMPLETE);
    }

    /** Letters, digits, dots (not the first), hyphens and underscores stand for themselves, so no name can leave the folder. */
    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' && i > 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().toHexDigits(c));
            }
        }
        return encoded.toString();
    }

    private static void createDurably(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createDurably(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            force(parent);
        }
    }

    /** Folders can be forced on POSIX systems only; elsewhere the file system's journal has to do. */
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "This Java has no SHA-256.", e);
        }
    }
}
