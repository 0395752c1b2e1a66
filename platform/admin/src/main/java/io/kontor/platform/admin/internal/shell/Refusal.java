package io.kontor.platform.admin.internal.shell;

/** A request that is not answered; the shell shows the status with its words. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A refusal.
     *
     * @param status the HTTP status
     * @param message one plain sentence in the visitor's language
     */
    public Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /**
     * What is missing.
     *
     * @param visit the request
     * @return a refusal with status 404
     */
    public static Refusal missing(Visit visit) {
        return new Refusal(404, visit.text("shell.missing"));
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 599
     */
    public int status() {
        return status;
    }
}
