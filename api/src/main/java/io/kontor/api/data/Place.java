package io.kontor.api.data;

import java.util.Objects;

/**
 * Where a customer lives, as far as it is known. Immutable.
 *
 * @param country ISO 3166-1 alpha-2 code as a rule; empty when unknown
 * @param region as in the customer's record; empty when unknown
 * @param city as in the customer's record; empty when unknown
 */
public record Place(String country, String region, String city) {

    /** Nothing is known. */
    public static final Place UNKNOWN = new Place("", "", "");

    /** Checks that no text is null. */
    public Place {
        Objects.requireNonNull(country, "country");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(city, "city");
    }
}
