package io.kontor.api.feature;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives texts a place in a space of meanings, where what means alike is near. A service that optional bundles register, one a language, with
 * the properties {@link #NAME} and {@link #LANGUAGE}; whoever wants one looks for it among the framework's services and does without when there
 * is none.
 *
 * <p>Called by trainings for each product, and for each new product on the way of a request; by several threads at once. Must not wait for a
 * network. Lives as long as its bundle; models that were learned with it remember its name and go on without it.
 */
@ConsumerType
public interface TextEncoder {

    /** Service property: the encoder's name, with its version. Vectors of one name can be compared. */
    String NAME = "kontor.encoder.name";

    /** Service property: the language that it reads best, by ISO 639-1, for example {@code zh}. */
    String LANGUAGE = "kontor.encoder.language";

    /**
     * Which one it is.
     *
     * @return the value of {@link #NAME}
     */
    String name();

    /**
     * Encodes a text.
     *
     * @param text any; the end of a long one may be left out
     * @return a vector of length 1, the same for the same text, always of the same size; the caller's own
     */
    float[] encode(String text);
}
