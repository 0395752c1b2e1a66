package io.kontor.platform.launcher;

import org.osgi.framework.BundleException;

/** Finds the words for the operator in what a bundle threw. */
final class FailureCause {

    /** Its messages are written for operators. Known by name, as each bundle of the API has its own class. */
    private static final String FOR_OPERATORS = "io.kontor.api.KontorException";

    private FailureCause() {
    }

    /** One sentence on why a bundle did not start. */
    static String ofStart(String symbolicName, BundleException failure) {
        Throwable forOperators = forOperators(failure);
        if (forOperators != null) {
            return sentence(forOperators.getMessage());
        }
        return "The bundle " + symbolicName + " does not start: " + sentence(failure);
    }

    /** The message of the exception written for operators among the causes, else of the root cause, with a full stop. */
    static String sentence(Throwable failure) {
        Throwable forOperators = forOperators(failure);
        Throwable told = forOperators == null ? root(failure) : forOperators;
        return sentence(told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage());
    }

    private static String sentence(String message) {
        String line = message.strip().lines().findFirst().orElse("");
        return line.endsWith(".") ? line : line + ".";
    }

    private static Throwable forOperators(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
                if (type.getName().equals(FOR_OPERATORS)) {
                    return cause;
                }
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
