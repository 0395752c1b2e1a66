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

/** The files of the deploy folder and why some of them were refused. A refusal is logged once for each content of a file. */
final class DeployFolderContents {

    private static final Logger LOG = LoggerFactory.getLogger(DeployFolderContents.class);

    private final Path folder;
    private final Map<String, Refused> refused = new ConcurrentSkipListMap<>();

    /** A file that was not taken. */
    private record Refused(String sha256, String reason, Instant at) {
    }

    /** What is done with a jar that passed the static checks. */
    @FunctionalInterface
    interface Taking {

        void take(BundleJar jar) throws IOException;
    }

    DeployFolderContents(Path folder) {
        this.folder = folder;
    }

    void read(Path file, Path incomingFolder, JarInspection inspection, Taking taking) {
        String name = file.getFileName().toString();
        String sha256 = "";
        try (InputStream in = Files.newInputStream(file); IncomingJar incoming = IncomingJar.receive(in, incomingFolder, JarLimits.STANDARD)) {
            sha256 = incoming.sha256();
            taking.take(inspection.inspect(incoming));
            refused.remove(name);
        } catch (IOException | RuntimeException e) {
            String reason = e instanceof BundleRefusedException ? e.getMessage() : Refusals.words(e);
            Refused before = refused.put(name, new Refused(sha256, reason, Instant.now()));
            if (before == null || !before.sha256().equals(sha256)) {
                LOG.warn("Deploy folder: {} is refused: {}", name, reason);
            }
        }
    }

    void forget(String name) {
        refused.remove(name);
    }

    /** Refused files as they appear in the list of bundles. */
    List<BundleInfo> refused() {
        return refused.entrySet().stream().map(entry -> new BundleInfo(entry.getKey(), Version.emptyVersion,
                "REFUSED: " + entry.getValue().reason(), DeployedBundle.FOLDER, entry.getValue().sha256(), entry.getValue().at(),
                List.of())).toList();
    }

    /** Takes the file of a removed bundle out of the folder, so that it does not come back at the next start. */
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
}
