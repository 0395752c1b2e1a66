package io.kontor.platform.decisions.internal;

/** Thrown inside a guarded call by the platform itself: the plugin has no model to answer with. Not a failure of the call. */
final class NotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Cause cause;

    /** What would help. */
    enum Cause {
        /** Nothing was trained yet. */
        NO_MODEL,
        /** The model is being loaded: waiting a little helps. */
        LOADING,
        /** The model cannot be loaded; the message says what would help. */
        UNUSABLE
    }

    /**
     * Says why.
     *
     * @param cause what would help
     * @param reason as the end of a sentence that begins with the plugin's name
     */
    NotReadyException(Cause cause, String reason) {
        super(reason, null, false, false);
        this.cause = cause;
    }

    Cause cause() {
        return cause;
    }
}
