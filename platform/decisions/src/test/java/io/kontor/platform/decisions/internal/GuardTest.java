package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.decisions.DecisionStatistics.Calls;
import io.kontor.platform.decisions.DecisionStatistics.Circuit;
import io.kontor.platform.decisions.DecisionStatistics.Outcome;
import io.kontor.platform.decisions.DecisionStatistics.State;
import io.kontor.platform.decisions.Unhurried;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final Duration DEADLINE = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Guard guard = new Guard(DEADLINE, PAUSE);
    private final PluginInstance sick = new Fake("sick", "shop");
    private final PluginInstance healthy = new Fake("healthy", "shop");
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        guard.close();
    }

    private Guard.Result<String> call(PluginInstance instance, Function<Object, String> call) {
        return guard.call(instance, Lane.SERVING, guard.deadline(1), call);
    }

    private String reason(PluginInstance instance, Function<Object, String> call) {
        return ((Guard.Result.Failed<String>) assertInstanceOf(Guard.Result.Failed.class, call(instance, call))).reason();
    }

    private void answers(PluginInstance instance) {
        assertEquals(new Guard.Result.Answered<>("fine"), call(instance, plugin -> "fine"));
    }

    private Circuit circuit(PluginInstance instance) {
        return guard.circuits().stream().filter(c -> c.plugin().equals(instance.plugin()) && c.store().equals(instance.store()))
                .findFirst().orElseThrow();
    }

    private long count(PluginInstance instance, Outcome outcome) {
        return guard.calls().stream().filter(c -> c.plugin().equals(instance.plugin()) && c.outcome() == outcome)
                .mapToLong(Calls::count).sum();
    }

    private void failOften() {
        for (int call = 0; call < 20; call++) {
            reason(sick, plugin -> {
                throw new IllegalStateException("on purpose");
            });
        }
    }

    private List<Thread> takeAllPlacesForGood() {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < Places.CALLS_AT_ONCE; i++) {
            clients.add(new Thread(() -> reason(sick, plugin -> {
                Waiting.ignoreInterruptsUntil(end);
                return "never";
            })));
        }
        clients.forEach(Thread::start);
        Waiting.until("all calls are late", () -> circuitsStuck() == Places.CALLS_AT_ONCE);
        return clients;
    }

    private int circuitsStuck() {
        return guard.circuits().stream().mapToInt(Circuit::stuck).sum();
    }

    @Test
    void givesTheAnswerOfAPluginThatAnswers() {
        answers(healthy);
        assertEquals(1, count(healthy, Outcome.ANSWERED));
    }

    @Test
    void exceptionsAndErrorsStayThePlugins() {
        List<Throwable> failures = List.of(new IllegalStateException("on purpose"), new StackOverflowError("on purpose"),
                new OutOfMemoryError("on purpose"), new NoClassDefFoundError("on purpose"));
        for (Throwable failure : failures) {
            String reason = reason(sick, plugin -> {
                throw GuardTest.<RuntimeException>any(failure);
            });
            assertEquals("failed with " + failure.getClass().getSimpleName(), reason);
        }
        assertEquals(failures.size(), count(sick, Outcome.FAILED));
        answers(healthy);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T any(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void realEndlessRecursionStaysThePlugins() {
        assertEquals("failed with StackOverflowError", reason(sick, new Function<>() {

            @Override
            public String apply(Object plugin) {
                return apply(plugin) + "deeper";
            }
        }));
    }

    @Test
    void doesNotWaitLongerThanTheDeadlineAndInterruptsTheCall() {
        CountDownLatch interrupted = new CountDownLatch(1);
        long quickest = Long.MAX_VALUE;
        for (int call = 0; call < 3; call++) {
            long begin = System.nanoTime();
            assertEquals("did not answer within 200 ms", reason(sick, plugin -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return "late";
            }));
            quickest = Math.min(quickest, System.nanoTime() - begin);
        }
        Waiting.arrive(interrupted);
        assertTrue(quickest < DEADLINE.plusMillis(50).toNanos(), quickest + " ns");
        assertEquals(3, count(sick, Outcome.LATE));
        Waiting.until("interrupted calls give their places back", () -> circuitsStuck() == 0);
    }

    @Test
    void aPluginMayTakeLongerWhenNobodyWaitsForTheSingleAnswer() {
        assertEquals(new Guard.Result.Answered<>("slow"), Unhurried.ask(() -> call(sick, plugin -> {
            long twice = System.nanoTime() + DEADLINE.multipliedBy(2).toNanos();
            Waiting.until("twice the deadline is over", () -> System.nanoTime() - twice > 0);
            return "slow";
        })));
        assertTrue(guard.deadline(1) - System.nanoTime() <= DEADLINE.toNanos(), "the next question is an ordinary one");
    }

    @Test
    void aPluginThatInterruptsItsThreadHurtsNoLaterCall() {
        AtomicBoolean met = new AtomicBoolean();
        for (int call = 0; call < 10; call++) {
            assertInstanceOf(Guard.Result.Answered.class, call(sick, plugin -> {
                Thread.currentThread().interrupt();
                return "fine";
            }));
            call(healthy, plugin -> {
                met.compareAndSet(false, Thread.currentThread().isInterrupted());
                return "fine";
            });
        }
        assertFalse(met.get(), "the interrupt reached another plugin");
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void stopsAskingAPluginThatKeepsFailingAndNobodyElse() {
        failOften();
        assertTrue(count(sick, Outcome.FAILED) < 20, "the circuit opens within 20 calls, but all were let through");
        assertTrue(count(sick, Outcome.PAUSED) > 0);
        assertEquals(State.OPEN, circuit(sick).state());
        answers(healthy);
        answers(new Fake("sick", "another shop"));
    }

    @Test
    void asksAgainAfterThePauseAndClosesWhenThePluginAnswers() {
        failOften();
        Waiting.until("the pause is over", () -> call(sick, plugin -> "fine") instanceof Guard.Result.Answered);
        assertEquals(State.HALF_OPEN, circuit(sick).state());
        answers(sick);
        assertEquals(State.CLOSED, circuit(sick).state());
    }

    @Test
    void aFailureAfterThePauseOpensTheCircuitAgainAtOnce() {
        failOften();
        long failed = count(sick, Outcome.FAILED);
        Waiting.until("the pause is over", () -> {
            reason(sick, plugin -> {
                throw new IllegalStateException("still sick");
            });
            return count(sick, Outcome.FAILED) > failed;
        });
        assertEquals(failed + 1, count(sick, Outcome.FAILED));
        assertEquals(State.OPEN, circuit(sick).state());
    }

    @Test
    void callsThatNeverReturnKeepTheirPlacesAndTheNextAreNotMadeAtAll() throws InterruptedException {
        List<Thread> clients = takeAllPlacesForGood();
        AtomicInteger made = new AtomicInteger();
        long quickest = Long.MAX_VALUE;
        for (int call = 0; call < 8; call++) {
            long begin = System.nanoTime();
            assertTrue(reason(sick, plugin -> "made " + made.incrementAndGet()).contains("did not come back"));
            quickest = Math.min(quickest, System.nanoTime() - begin);
        }
        assertEquals(0, made.get());
        assertTrue(quickest < 20_000_000, "nobody waits: " + quickest + " ns");
        answers(healthy);
        answers(new Fake("sick", "another shop"));
        end.countDown();
        Waiting.until("the calls return", () -> circuitsStuck() == 0);
        answers(sick);
        for (Thread client : clients) {
            client.join();
        }
    }

    @Test
    void manyCallsOfAQuickPluginAtOnceWaitForTheirTurn() throws InterruptedException {
        List<Thread> clients = new ArrayList<>();
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        for (int i = 0; i < 16; i++) {
            clients.add(new Thread(() -> {
                Waiting.arrive(begin);
                answered.addAndGet(call(healthy, plugin -> "fine") instanceof Guard.Result.Answered ? 1 : 0);
            }));
        }
        clients.forEach(Thread::start);
        begin.countDown();
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(16, answered.get());
    }

    @Test
    void aPluginWithoutAModelHasNotFailed() {
        for (int call = 0; call < 20; call++) {
            Guard.Result<String> result = call(sick, plugin -> {
                throw new NotReadyException(NotReadyException.Cause.NO_MODEL, "has no model yet");
            });
            assertEquals(new Guard.Result.NotReady<>("has no model yet", NotReadyException.Cause.NO_MODEL), result);
        }
        assertEquals(State.CLOSED, circuit(sick).state());
    }

    @Test
    void aPluginThatAsksOthersHasNoMoreTimeForIt() {
        AtomicBoolean same = new AtomicBoolean();
        long until = guard.deadline(1);
        guard.call(sick, Lane.SERVING, until, plugin -> {
            same.set(guard.deadline(1) == until && CallChain.current().asked().contains("sick"));
            return "fine";
        });
        assertTrue(same.get());
    }
}
