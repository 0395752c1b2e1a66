package io.kontor.platform.data;

import io.kontor.api.data.Place;
import org.osgi.annotation.versioning.ProviderType;

/** Where customers live, for the serving path. A service; safe for use by many threads, and quick: from memory as a rule. */
@ProviderType
public interface CustomerPlaces {

    /**
     * Where a customer lives.
     *
     * @param store the id of an existing store
     * @param customer the shop's own id
     * @return {@link Place#UNKNOWN} for somebody unknown
     */
    Place of(String store, String customer);
}
