package io.kontor.platform.rest.internal.routing;

import java.util.List;
import java.util.Map;

/** A request that is answered by problem details (RFC 9457). */
public final class Problem extends RuntimeException {

    /** When a client may try again that met a server on its way down: about what a restart takes. */
    public static final String STOPPED_SECONDS = "10";

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    /**
     * A field at fault.
     *
     * @param field its name
     * @param message one plain sentence
     */
    public record FieldError(String field, String message) {
    }

    private Problem(int status, String detail, List<FieldError> errors, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
        this.headers = headers;
    }

    /** The server is on its way down. */
    static Problem stopping() {
        return of(503, "Kontor is stopping.").with("Retry-After", STOPPED_SECONDS).with("Connection", "close");
    }

    /**
     * A problem without a field.
     *
     * @param status the HTTP status
     * @param detail one plain sentence
     * @return to be thrown
     */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, List.of(), Map.of());
    }

    /**
     * A problem with one field.
     *
     * @param status the HTTP status
     * @param field its name
     * @param message one plain sentence
     * @return to be thrown
     */
    public static Problem field(int status, String field, String message) {
        return fields(status, List.of(new FieldError(field, message)));
    }

    /**
     * A problem with several fields.
     *
     * @param status the HTTP status
     * @param errors at least one
     * @return to be thrown
     */
    public static Problem fields(int status, List<FieldError> errors) {
        FieldError first = errors.get(0);
        return new Problem(status, first.field() + ": " + first.message(), List.copyOf(errors), Map.of());
    }

    /**
     * The same problem with a header.
     *
     * @param name the header
     * @param value its value
     * @return a copy
     */
    public Problem with(String name, String value) {
        return new Problem(status, getMessage(), errors, Map.of(name, value));
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * Fields at fault.
     *
     * @return may be empty
     */
    public List<FieldError> errors() {
        return errors;
    }

    /**
     * Headers of the answer.
     *
     * @return may be empty
     */
    public Map<String, String> headers() {
        return headers;
    }
}
