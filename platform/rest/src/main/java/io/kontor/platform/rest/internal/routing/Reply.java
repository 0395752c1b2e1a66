package io.kontor.platform.rest.internal.routing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is more than a body with status 200. Immutable.
 *
 * @param status the HTTP status
 * @param headers further headers
 * @param body written as JSON; null for none
 * @param kept given instead of the body when the command is sent again; differs where the body holds a secret
 * @param stream writes the body itself instead; null for none
 * @param contentType of the stream
 * @param <T> type of the body, for the API's description
 */
public record Reply<T>(int status, Map<String, String> headers, T body, T kept, Stream stream, String contentType) {

    /** Writes a body piece by piece. */
    @FunctionalInterface
    public interface Stream {

        /**
         * Writes.
         *
         * @param out where to; flushed by the writer when the reader should see what is there
         * @throws IOException when the reader has gone
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * An answer with a JSON body.
     *
     * @param status the HTTP status
     * @param body the body; null for none
     * @param <T> type of the body
     * @return the answer
     */
    public static <T> Reply<T> of(int status, T body) {
        return new Reply<>(status, Map.of(), body, body, null, null);
    }

    /**
     * An answer that is written piece by piece.
     *
     * @param contentType its media type
     * @param stream the writer
     * @param <T> type of one piece
     * @return the answer
     */
    public static <T> Reply<T> streaming(String contentType, Stream stream) {
        return new Reply<>(200, Map.of(), null, null, stream, contentType);
    }

    /**
     * The same answer with one more header.
     *
     * @param name the header
     * @param value its value
     * @return a copy
     */
    public Reply<T> with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply<>(status, more, body, kept, stream, contentType);
    }

    /**
     * The same answer with a secret that is given once and kept nowhere.
     *
     * @param withoutSecret the body for all who ask again
     * @return a copy
     */
    public Reply<T> once(T withoutSecret) {
        return new Reply<>(status, headers, body, withoutSecret, stream, contentType);
    }
}
