package io.kontor.platform.models;

import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Tells of models what somebody should know before they answer. A service; safe for use by several threads. */
@ProviderType
public interface ModelCards {

    /**
     * The card of a model.
     *
     * @param store the store's id
     * @param id the model's id
     * @param locale the language of the sentences: English, or Chinese
     * @return the card, or empty when there is no such model
     */
    Optional<ModelCard> of(String store, String id, Locale locale);
}
