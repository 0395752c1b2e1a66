package io.kontor.platform.models.internal;

import io.kontor.platform.data.DataAccess;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.Stores;
import java.io.IOException;

/**
 * What training runs work with. Safe for use by several threads.
 *
 * @param data the records of stores
 * @param stores which stores there are
 * @param active which plugins run for them
 * @param activations makes instances for a run
 * @param registry where models are registered
 * @param index which models serve
 * @param files where artifacts are kept
 * @param json how settings are compared
 * @param code which code trains
 * @param recordings the records that runs share
 */
record Workshop(DataAccess data, Stores stores, ActivePlugins active, Activations activations, DatabaseModelRegistry registry,
        ChampionIndex index, ArtifactFiles files, ModelJson json, InstalledCode code, Recordings recordings) {

    /** How many models without an alias are kept for each plugin and store, so that an operator can go back to them. */
    static final int KEPT = 5;

    /**
     * Removes models that are old and have no alias, the rows first: a file without a row is swept up at the next start.
     *
     * @param key plugin and store
     * @throws IOException when the disk fails
     */
    void prune(ChampionIndex.Key key) throws IOException {
        for (String id : registry.prune(key, KEPT)) {
            files.delete(key, id);
        }
    }
}
