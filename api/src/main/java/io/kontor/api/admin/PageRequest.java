package io.kontor.api.admin;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A view of a page. Immutable.
 *
 * @param store the store's id
 * @param locale the language of the person who looks
 * @param parameters query parameters, the first value of each; untrusted
 */
public record PageRequest(String store, Locale locale, Map<String, String> parameters) {

    /** Copies the parameters. */
    public PageRequest {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(locale, "locale");
        parameters = Map.copyOf(parameters);
    }
}
