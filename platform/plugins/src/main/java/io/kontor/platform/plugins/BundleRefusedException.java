package io.kontor.platform.plugins;

/** A bundle was not taken, or could not be removed, for a reason that the operator can read. Nothing has changed. */
public class BundleRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which kind of no it is. */
    public enum Kind {
        /** Not a bundle, unresolvable, against the rules, or it failed to start. */
        UNACCEPTABLE,
        /** The jar is larger than what is taken. */
        TOO_LARGE,
        /** The same name and version is installed already. */
        CONFLICT,
        /** No such bundle. */
        NOT_FOUND
    }

    private final Kind kind;

    /**
     * A refusal.
     *
     * @param kind which kind of no
     * @param reason one plain sentence
     */
    public BundleRefusedException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    /**
     * Which kind of no it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }
}
