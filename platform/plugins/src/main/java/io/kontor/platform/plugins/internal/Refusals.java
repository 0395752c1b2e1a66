package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.BundleRefusedException.Kind;
import org.osgi.framework.BundleException;

/** The words of a refusal. */
final class Refusals {

    private static final int LONGEST = 400;

    private Refusals() {
    }

    /**
     * A jar that cannot be taken as it is.
     *
     * @param reason one plain sentence
     * @return the refusal
     */
    static BundleRefusedException unacceptable(String reason) {
        return new BundleRefusedException(Kind.UNACCEPTABLE, reason);
    }

    /**
     * A jar beyond the limits.
     *
     * @param reason one plain sentence
     * @return the refusal
     */
    static BundleRefusedException tooLarge(String reason) {
        return new BundleRefusedException(Kind.TOO_LARGE, reason);
    }

    /**
     * A bundle that is there already.
     *
     * @param reason one plain sentence
     * @return the refusal
     */
    static BundleRefusedException conflict(String reason) {
        return new BundleRefusedException(Kind.CONFLICT, reason);
    }

    /**
     * What a failure says, on one line, without the framework's wrapping around it.
     *
     * @param failure what was thrown
     * @return for example {@code IllegalStateException: no licence}
     */
    static String words(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof BundleException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage() == null ? "" : inner.getMessage().replaceAll("\\s+", " ").trim();
        if (inner instanceof ClassNotFoundException || inner instanceof NoClassDefFoundError) {
            return "the class " + message.replace('/', '.') + " was not found";
        }
        String name = inner instanceof BundleException ? "" : inner.getClass().getSimpleName();
        String words = name.isEmpty() ? message : message.isEmpty() ? name : name + ": " + message;
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 3) + "...";
    }
}
