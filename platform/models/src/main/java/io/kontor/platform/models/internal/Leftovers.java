package io.kontor.platform.models.internal;

import io.kontor.platform.stores.Stores;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes, off the start-up path, what a killed process could not: models of deleted stores, half-written and unregistered artifacts. */
@Component(service = Leftovers.class, immediate = true)
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final DatabaseModelRegistry registry;
    private final ArtifactFiles files;
    private final Stores stores;
    private final Thread sweeper;

    /**
     * Starts sweeping.
     *
     * @param registry where models are registered
     * @param files where artifacts are kept
     * @param stores which stores there are
     */
    @Activate
    public Leftovers(@Reference DatabaseModelRegistry registry, @Reference ArtifactFiles files, @Reference Stores stores) {
        this.registry = registry;
        this.files = files;
        this.stores = stores;
        this.sweeper = new Thread(this::sweep, "kontor-models-leftovers");
        sweeper.setDaemon(true);
        sweeper.start();
    }

    private void sweep() {
        try {
            for (String store : registry.idsByStore().keySet()) {
                if (stores.find(store).isEmpty()) {
                    registry.removeStore(store);
                    LOG.info("Removed the models of the deleted store {}", store);
                }
            }
            int removed = files.sweep(this::registered);
            if (removed > 0) {
                LOG.info("Removed {} model files that an earlier run left unfinished", removed);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Model files that an earlier run left could not all be removed; this is tried again at the next start", e);
        }
    }

    private Set<String> registered() {
        Map<String, Set<String>> ids = registry.idsByStore();
        return ids.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /**
     * Waits for the end of the sweep, so that the database is not closed under it. Does not interrupt: that would close H2's file.
     *
     * @throws InterruptedException when the stopping thread is interrupted
     */
    @Deactivate
    void stop() throws InterruptedException {
        sweeper.join(5_000);
    }
}
