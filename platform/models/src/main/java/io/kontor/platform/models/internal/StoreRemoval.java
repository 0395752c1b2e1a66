package io.kontor.platform.models.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.stores.StoreListener;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the models of a deleted store, the rows first; what a crash leaves is removed by {@link Leftovers} at the next start. */
@Component
public final class StoreRemoval implements StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRemoval.class);

    private final DatabaseModelRegistry registry;
    private final ArtifactFiles files;

    /**
     * The listener.
     *
     * @param registry where models are registered
     * @param files where artifacts are kept
     */
    @Activate
    public StoreRemoval(@Reference DatabaseModelRegistry registry, @Reference ArtifactFiles files) {
        this.registry = registry;
        this.files = files;
    }

    @Override
    public void present(Store store) {
        // models come by training only
    }

    @Override
    public void deleted(Store store) {
        try {
            registry.removeStore(store.id());
            files.deleteStore(store.id());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The models of the deleted store {} could not all be removed; the rest goes at the next start", store.id(), e);
        }
    }
}
