package io.kontor.platform.plugins.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The plugins that come with the product: jars in one folder, installed from where they lie. */
final class ShippedBundles {

    private final Path folder;
    private final Map<BundleKey, Path> files = new ConcurrentHashMap<>();
    private final Map<BundleKey, String> hashes = new ConcurrentHashMap<>();

    ShippedBundles(Path folder) {
        this.folder = folder;
    }

    List<Path> jars() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped plugins in " + folder + " cannot be read.", e);
        }
    }

    void found(BundleKey key, Path jar) {
        files.put(key, jar);
    }

    /** Computed when somebody asks, as a start does not need it. */
    String sha256(BundleKey key) {
        return hashes.computeIfAbsent(key, k -> {
            try {
                return IncomingJar.sha256(files.get(k));
            } catch (IOException e) {
                throw new UncheckedIOException("The shipped plugin " + k + " cannot be read.", e);
            }
        });
    }
}
