package io.kontor.platform.data;

import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/** Something outside the canonical records that has a time, for example the log of decisions. Registered as a service. */
@ConsumerType
public interface AgedData {

    /**
     * What it is, as {@link Retention} names it.
     *
     * @return for example {@code decisions}; no entity's path
     */
    String aged();

    /**
     * Removes some of what is older, so that no transaction is long. Called until it says 0.
     *
     * @param store the store's id
     * @param before the first moment that stays
     * @return how many were removed; 0 when there is no more
     */
    int removeSome(String store, Instant before);
}
