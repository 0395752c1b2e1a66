package io.kontor.platform.data;

import io.kontor.api.data.DemandTable;
import org.osgi.annotation.versioning.ProviderType;

/** The demand of stores, kept in memory for forecasts that are asked for. A service; safe for use by several threads. */
@ProviderType
public interface Demands {

    /**
     * A store's demand with everything that has been imported. The first call, and the first after an import, sums up the records; the
     * others answer from memory.
     *
     * @param store the id of an existing store
     * @return the table; without products when the store has sold nothing
     */
    DemandTable of(String store);
}
