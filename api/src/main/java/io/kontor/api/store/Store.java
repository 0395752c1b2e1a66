package io.kontor.api.store;

import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;

/**
 * One shop or sales channel of the operator. Immutable.
 *
 * @param id matches {@code [a-z0-9][a-z0-9-]{0,62}}
 * @param name what people call it
 * @param currency the currency of all its money amounts
 * @param locale the language in which it speaks to its customers; reasons are written in it
 * @param timeZone where its days begin
 * @param country ISO 3166-1 alpha-2 code, or empty when unknown
 */
public record Store(String id, String name, Currency currency, Locale locale, ZoneId timeZone, String country) {

    /** Checks that nothing is null. */
    public Store {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(locale, "locale");
        Objects.requireNonNull(timeZone, "timeZone");
        Objects.requireNonNull(country, "country");
    }
}
