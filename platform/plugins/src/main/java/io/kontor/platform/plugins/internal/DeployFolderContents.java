package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundleRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the deploy folder as far as they are no running bundles: reads new ones and remembers why some were refused. */
final class DeployFolderContents {

    private static final Logger LOG = LoggerFactory.getLogger(DeployFolderContents.class);

    private final Path folder;
    private final Map<String, BundleInfo> refused = new ConcurrentSkipListMap<>();

    /** What to do with a jar that passed the static checks. */
    @FunctionalInterface
    interface Arrival {

        /**
         * Deploys it.
         *
         * @param jar the jar
         * @throws IOException when its file breaks
         */
        void of(BundleJar jar) throws IOException;
    }

    /**
     * A folder.
     *
     * @param folder the folder that is watched
     */
    DeployFolderContents(Path folder) {
        this.folder = folder;
    }

    /**
     * The files that lie there in vain.
     *
     * @return infos whose state is {@code REFUSED: } and the reason; the name is the file's when the jar does not tell its own
     */
    List<BundleInfo> refused() {
        return List.copyOf(refused.values());
    }

    /**
     * Reads a file and hands it on. Whatever goes wrong is logged in one line and remembered; nothing is thrown, so that the watcher does
     * not try the same bytes again.
     *
     * @param file the file
     * @param privateFolder where a copy is made
     * @param inspection the static checks
     * @param arrival what to do with the jar
     */
    void read(Path file, Path privateFolder, JarInspection inspection, Arrival arrival) {
        String name = file.getFileName().toString();
        BundleKey key = new BundleKey(name, Version.emptyVersion);
        String sha256 = "";
        try (InputStream in = Files.newInputStream(file); IncomingJar incoming = IncomingJar.receive(in, privateFolder, JarLimits.STANDARD)) {
            sha256 = incoming.sha256();
            BundleJar jar = inspection.inspect(incoming);
            key = jar.key();
            arrival.of(jar);
            refused.remove(name);
        } catch (BundleRefusedException e) {
            refuse(name, key, sha256, e.getMessage());
        } catch (IOException | RuntimeException e) {
            refuse(name, key, sha256, Refusals.words(e) + ". Touch the file to try again.");
        }
    }

    /**
     * Forgets a file.
     *
     * @param name its name
     */
    void forget(String name) {
        refused.remove(name);
    }

    /**
     * Deletes the file that a bundle came from, so that the next start does not bring the bundle back.
     *
     * @param bundle a bundle that was removed
     */
    void delete(DeployedBundle bundle) {
        if (bundle.fileName() != null) {
            try {
                Files.deleteIfExists(folder.resolve(bundle.fileName()));
            } catch (IOException e) {
                LOG.warn("Deploy folder: {} cannot be deleted and will be deployed again at the next start: {}", bundle.fileName(),
                    Refusals.words(e));
            }
        }
    }

    private void refuse(String name, BundleKey key, String sha256, String reason) {
        LOG.warn("Deploy folder: {} is refused: {}", name, reason);
        refused.put(name, new BundleInfo(key.symbolicName(), key.version(), "REFUSED: " + reason, DeployedBundle.FOLDER, sha256,
            Instant.now(), List.of()));
    }
}
