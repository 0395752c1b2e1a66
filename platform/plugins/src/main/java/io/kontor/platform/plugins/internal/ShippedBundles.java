package io.kontor.platform.plugins.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plugins that belong to the product: the jars of one folder of the installation. Safe for use by several threads. */
final class ShippedBundles {

    private final Path folder;
    private final Map<BundleKey, Path> files = new ConcurrentHashMap<>();
    private final Map<BundleKey, String> hashes = new ConcurrentHashMap<>();

    /**
     * A folder of jars.
     *
     * @param folder the folder; one that does not exist holds nothing
     */
    ShippedBundles(Path folder) {
        this.folder = folder;
    }

    /**
     * The jars by file name.
     *
     * @return the files
     */
    List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
                found.forEach(jars::add);
            } catch (IOException e) {
                throw new UncheckedIOException("The folder " + folder + " of the shipped plugins cannot be read.", e);
            }
        }
        Collections.sort(jars);
        return jars;
    }

    /**
     * Notes which bundle a jar holds.
     *
     * @param key name and version
     * @param jar the file
     */
    void holds(BundleKey key, Path jar) {
        files.put(key, jar);
    }

    /**
     * The hash of a shipped bundle's jar; computed when first asked for, because nobody asks at the start.
     *
     * @param key name and version
     * @return hexadecimal SHA-256; empty when the file has gone
     */
    String sha256(BundleKey key) {
        return hashes.computeIfAbsent(key, missing -> {
            try {
                return files.containsKey(missing) ? IncomingJar.sha256(files.get(missing)) : "";
            } catch (IOException e) {
                return "";
            }
        });
    }
}
