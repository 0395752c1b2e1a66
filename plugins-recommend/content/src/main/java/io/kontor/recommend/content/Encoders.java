package io.kontor.recommend.content;

import io.kontor.api.feature.TextEncoder;
import java.util.Optional;

/** The encoders of texts that are deployed now. Safe for use by several threads. */
interface Encoders {

    /**
     * The encoder for a language.
     *
     * @param language ISO 639-1
     * @return empty when none is deployed
     */
    Optional<TextEncoder> reading(String language);

    /**
     * The encoder of a name.
     *
     * @param name as a model remembers it
     * @return empty when it is not deployed any more
     */
    Optional<TextEncoder> named(String name);

    /** Lets go of them. */
    void close();
}
