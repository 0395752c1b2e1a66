package io.kontor.platform.stores;

import io.kontor.api.store.Store;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The stores of this installation. A service; safe for use by several threads; reads answer from memory. */
@ProviderType
public interface Stores {

    /**
     * All stores by id.
     *
     * @return the stores
     */
    List<Store> list();

    /**
     * One store.
     *
     * @param id its id
     * @return the store, or empty
     */
    Optional<Store> find(String id);

    /**
     * Adds a store.
     *
     * @param store the new store
     * @return false, and nothing is changed, when the id is taken, be it by a deleted store of which something is left
     */
    boolean create(Store store);

    /**
     * Changes everything but the id.
     *
     * @param store the store as it shall be
     * @return false when there is no such store
     */
    boolean update(Store store);

    /**
     * Removes a store with its activations. Tells every {@link StoreListener}, which remove what they keep for it.
     *
     * @param id its id
     * @return false when there is no such store
     */
    boolean delete(String id);
}
