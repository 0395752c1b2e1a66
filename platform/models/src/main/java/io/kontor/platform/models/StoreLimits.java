package io.kontor.platform.models;

import org.osgi.annotation.versioning.ProviderType;

/** What the training runs of each store may take. A service; safe for use by several threads. */
@ProviderType
public interface StoreLimits {

    /**
     * What is said for a store.
     *
     * @param store the store's id
     * @return its own limits, without those of the installation
     */
    TrainingLimits own(String store);

    /**
     * What holds for a store: its own limits, else the installation's. Threads are always told.
     *
     * @param store the store's id
     * @return the limits
     */
    TrainingLimits of(String store);

    /**
     * Changes what is said for a store; runs that have begun go on with what they began with.
     *
     * @param store the store's id
     * @param limits without faults
     */
    void change(String store, TrainingLimits limits);
}
