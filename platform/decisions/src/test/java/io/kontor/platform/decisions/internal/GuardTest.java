package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class GuardTest {

    /** An instance whose service is a plain object. */
    private record Fake(String plugin, String store) implements PluginInstance {

        @Override
        public Version version() {
            return Version.valueOf("1.0.0");
        }

        @Override
        public String family() {
            return "recommend";
        }

        @Override
        public boolean baseline() {
            return false;
        }

        @Override
        public Optional<Lease> lease() {
            return Optional.of(new Lease() {

                @Override
                public Object service() {
                    return plugin;
                }

                @Override
                public void close() {
                    // nothing to give back
                }
            });
        }
    }

    private final Guard guard = new Guard(Duration.ofMillis(200));
    private final PluginInstance sick = new Fake("sick", "shop");
    private final PluginInstance healthy = new Fake("healthy", "shop");

    @AfterEach
    void close() {
        guard.close();
    }

    private String reason(PluginInstance instance, Function<Object, String> call) {
        return ((Guard.Outcome.Failed<String>) assertInstanceOf(Guard.Outcome.Failed.class, guard.call(instance, call))).reason();
    }

    private void answers(PluginInstance instance) {
        assertEquals(new Guard.Outcome.Answered<>("fine"), guard.call(instance, plugin -> "fine"));
    }

    @Test
    void givesTheAnswerOfAPluginThatAnswers() {
        answers(healthy);
    }

    @Test
    void exceptionsAndErrorsStayThePlugins() {
        assertTrue(reason(sick, plugin -> {
            throw new IllegalStateException("on purpose");
        }).contains("IllegalStateException"));
        assertTrue(reason(sick, plugin -> {
            throw new StackOverflowError("on purpose");
        }).contains("StackOverflowError"));
        answers(healthy);
    }

    @Test
    void doesNotWaitLongerThanTheDeadline() {
        CountDownLatch interrupted = new CountDownLatch(1);
        assertEquals("did not answer within 200 ms", reason(sick, plugin -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "late";
        }));
        assertTrue(isReached(interrupted), "the late call is interrupted");
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(10, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stopsAskingAPluginThatKeepsFailingAndNobodyElse() {
        AtomicInteger asked = new AtomicInteger();
        for (int call = 0; call < 20; call++) {
            reason(sick, plugin -> {
                asked.incrementAndGet();
                throw new IllegalStateException("on purpose");
            });
        }
        assertTrue(asked.get() < 20, "the circuit opens within 20 calls, but all were let through");
        answers(healthy);
        answers(new Fake("sick", "another shop"));
    }

    @Test
    void aPluginThatIgnoresTheInterruptGetsNoMoreThreadsThanItsPlaces() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        for (int call = 0; call < 8; call++) {
            reason(sick, plugin -> {
                running.incrementAndGet();
                while (end.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return "never";
            });
        }
        assertTrue(running.get() <= 4, "at most four spin, not " + running.get());
        answers(healthy);
        end.countDown();
    }
}
