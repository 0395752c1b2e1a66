package io.kontor.api.admin;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A view of a page. Immutable.
 *
 * @param store the store's id
 * @param locale the language of the person who looks
 * @param parameters query parameters, the first value of each; untrusted
 * @param models gives what {@link #model} does, loaded when it is asked for
 */
public record PageRequest(String store, Locale locale, Map<String, String> parameters, Supplier<Optional<Object>> models) {

    /** Copies the parameters. */
    public PageRequest {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(locale, "locale");
        Objects.requireNonNull(models, "models");
        parameters = Map.copyOf(parameters);
    }

    /**
     * A view of a page of a plugin that has no model.
     *
     * @param store the store's id
     * @param locale the language of the person who looks
     * @param parameters query parameters, the first value of each
     */
    public PageRequest(String store, Locale locale, Map<String, String> parameters) {
        this(store, locale, parameters, Optional::empty);
    }

    /**
     * What the page's plugin learned for the store: the model that serves or, where none serves, the one that waits for it. The first call
     * may have to load it.
     *
     * @param type the class of the plugin's models
     * @param <M> that class
     * @return the very model that requests are answered with, so only to be read; empty while none is trained, or for a plugin that trains
     *     none
     * @throws io.kontor.api.KontorException when it cannot be loaded, or not soon
     * @throws ClassCastException when the plugin's models are of another class
     */
    public <M> Optional<M> model(Class<M> type) {
        return models.get().map(type::cast);
    }
}
