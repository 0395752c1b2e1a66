package io.kontor.platform.plugins.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One step in a foreign bundle's life on a thread of its own, so that code which never returns holds up nobody but itself. Java has no way
 * to end such a thread; it is interrupted once and then left alone.
 */
final class BoundedStep {

    /** How long an interrupted step may take to give up. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private enum Phase { RUNNING, RETURNED, ABANDONED }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);
    private final Action action;
    private final Runnable whenLate;
    private volatile Throwable thrown;

    /** What a step does. */
    @FunctionalInterface
    interface Action {

        /**
         * Runs foreign code.
         *
         * @throws Exception whatever it throws
         */
        void run() throws Exception;
    }

    /** How a step ended. */
    sealed interface Outcome {

        /** It returned in time. */
        record Returned() implements Outcome { }

        /**
         * It threw in time.
         *
         * @param failure what it threw
         */
        record Threw(Throwable failure) implements Outcome { }

        /** It gave up when it was interrupted. */
        record Late() implements Outcome { }

        /** It still runs. */
        record Stuck() implements Outcome { }
    }

    private BoundedStep(Action action, Runnable whenLate) {
        this.action = action;
        this.whenLate = whenLate;
    }

    /**
     * Runs a step and waits for it.
     *
     * @param name of the thread
     * @param loader the thread's context class loader; may be null
     * @param limit how long it may take
     * @param action the step
     * @param whenLate runs on the step's thread when a step that was given up as stuck ends after all
     * @return how it ended; {@link Outcome.Stuck} also when the waiting thread was interrupted, whose interrupt flag is then set
     */
    static Outcome run(String name, ClassLoader loader, Duration limit, Action action, Runnable whenLate) {
        BoundedStep step = new BoundedStep(action, whenLate);
        Thread thread = new Thread(step::body, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        boolean late = false;
        try {
            thread.join(limit.toMillis());
            late = thread.isAlive();
            if (late) {
                thread.interrupt();
                thread.join(GRACE.toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        if (step.phase.compareAndSet(Phase.RUNNING, Phase.ABANDONED)) {
            return new Outcome.Stuck();
        }
        return late ? new Outcome.Late() : step.thrown == null ? new Outcome.Returned() : new Outcome.Threw(step.thrown);
    }

    private void body() {
        try {
            action.run();
        } catch (Throwable e) {
            thrown = e; // errors too: a bundle whose classes do not link must not end a thread of the platform
        }
        if (!phase.compareAndSet(Phase.RUNNING, Phase.RETURNED)) {
            whenLate.run();
        }
    }
}
