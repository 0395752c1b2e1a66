package io.kontor.api;

import java.util.Objects;

/**
 * The one exception that plugins and platform throw at each other on purpose. Its kind tells the operator who has to act; its message is
 * one plain sentence that is shown to the operator as it stands and therefore carries no personal data and no secret.
 */
public class KontorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Who can put the matter right. */
    public enum Kind {
        /** A setting is wrong: the operator changes it. */
        CONFIGURATION,
        /** The store's data does not allow it, for example too few rows: the operator brings more or better data. */
        DATA,
        /** The plugin broke its contract or threw: its author acts, the operator disables it meanwhile. */
        PLUGIN,
        /** A limit of time, memory or concurrency was reached: try again later or give more room. */
        CAPACITY,
        /** A defect of the platform itself. */
        INTERNAL
    }

    private final Kind kind;

    /**
     * An exception without a cause.
     *
     * @param kind who can put the matter right
     * @param message one plain sentence for the operator
     */
    public KontorException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * An exception with the failure that led to it.
     *
     * @param kind who can put the matter right
     * @param message one plain sentence for the operator
     * @param cause the failure underneath; may be null
     */
    public KontorException(Kind kind, String message, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /**
     * Who can put the matter right.
     *
     * @return the kind, never null
     */
    public Kind kind() {
        return kind;
    }
}
