package io.kontor.platform.decisions;

import java.util.function.Supplier;

/**
 * Questions that come many at once, for example for all customers of a newsletter: nobody waits for a single answer, so that a plugin gets ten
 * times the usual time before a fallback answers for it.
 */
public final class Unhurried {

    /** How many times the usual time a plugin may take. */
    public static final int TIMES = 10;

    private static final ThreadLocal<Boolean> ASKING = ThreadLocal.withInitial(() -> false);

    private Unhurried() {
    }

    /**
     * Asks one of many questions.
     *
     * @param question to a desk, on this thread
     * @return the answer
     */
    public static <T> T ask(Supplier<T> question) {
        ASKING.set(true);
        try {
            return question.get();
        } finally {
            ASKING.remove();
        }
    }

    /**
     * Whether this thread asks one of many questions.
     *
     * @return false outside of {@link #ask}
     */
    public static boolean asking() {
        return ASKING.get();
    }
}
