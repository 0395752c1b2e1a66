package io.kontor.platform.launcher;

/**
 * Why Kontor cannot start, as one plain sentence for the operator, with the exit code of the process. The cause, if there is one, belongs
 * into the log only.
 */
public final class StartFailure extends Exception {

    /** Exit code: something outside Kontor is in the way, such as a taken port. */
    public static final int FAILED = 1;

    /** Exit code: a setting or argument is wrong. */
    public static final int USAGE = 2;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private StartFailure(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    static StartFailure failed(String sentence) {
        return new StartFailure(FAILED, sentence, null);
    }

    static StartFailure failed(String sentence, Throwable cause) {
        return new StartFailure(FAILED, sentence, cause);
    }

    static StartFailure wrongSetting(String sentence) {
        return new StartFailure(USAGE, sentence, null);
    }

    /**
     * What the process ends with.
     *
     * @return {@link #FAILED} or {@link #USAGE}
     */
    public int exitCode() {
        return exitCode;
    }
}
