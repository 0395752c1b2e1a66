package io.kontor.platform.data;

import org.osgi.annotation.versioning.ProviderType;

/** Where customers live, for the serving path. A service; safe for use by many threads, and quick: from memory as a rule. */
@ProviderType
public interface CustomerPlaces {

    /**
     * Where a customer lives; what is not known is empty.
     *
     * @param country ISO 3166-1 code
     * @param region as in the customer's record
     * @param city as in the customer's record
     */
    record Place(String country, String region, String city) {

        /** Nothing is known. */
        public static final Place UNKNOWN = new Place("", "", "");
    }

    /**
     * Where a customer lives.
     *
     * @param store the id of an existing store
     * @param customer the shop's own id
     * @return {@link Place#UNKNOWN} for somebody unknown
     */
    Place of(String store, String customer);
}
