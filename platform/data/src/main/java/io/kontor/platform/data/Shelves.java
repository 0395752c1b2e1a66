package io.kontor.platform.data;

import org.osgi.annotation.versioning.ProviderType;

/** The stores' shelves. A service; safe for use by many threads. */
@ProviderType
public interface Shelves {

    /**
     * A store's shelf. The first call for a store reads its catalogue, the later ones read nothing.
     *
     * @param store the id of an existing store
     * @return the shelf as it is at any time
     */
    Shelf of(String store);
}
