package io.kontor.platform.stores;

import io.kontor.api.store.Store;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of stores. Registered as a service; told of all existing stores when it is registered; called one at a time; must not throw. */
@ConsumerType
public interface StoreListener {

    /**
     * A store is there: new, changed, or existing when the listener came.
     *
     * @param store as it is now
     */
    void present(Store store);

    /**
     * A store was deleted. Everything kept for it is to be removed.
     *
     * @param store as it was
     */
    void deleted(Store store);
}
