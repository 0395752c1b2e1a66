package io.kontor.api.feature;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives texts a place in a space of meanings, where what means alike is near. A service that optional bundles register, one a language; whoever
 * wants one looks for it among the framework's services and does without when there is none.
 *
 * <p>Called by trainings for each product, and for each new product on the way of a request; by several threads at once. Must not wait for a
 * network. Lives as long as its bundle; models that were learned with it remember its name and go on without it.
 */
@ConsumerType
public interface TextEncoder {

    /**
     * Which one it is; vectors of one name can be compared.
     *
     * @return a name with the version
     */
    String name();

    /**
     * Which language it reads best.
     *
     * @return ISO 639-1, for example {@code zh}
     */
    String language();

    /**
     * Encodes a text.
     *
     * @param text any; the end of a long one may be left out
     * @return a vector of length 1, the same for the same text, always of the same size; the caller's own
     */
    float[] encode(String text);
}
