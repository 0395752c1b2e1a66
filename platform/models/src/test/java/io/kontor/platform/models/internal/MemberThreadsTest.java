package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.platform.models.TrainingLimits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that answer, fail and hang. */
class MemberThreadsTest {

    private final MemberThreads threads = new MemberThreads("2000");
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void close() {
        threads.close();
    }

    private int hang() {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IllegalStateException(e);
        }
    }

    private static int fail() {
        throw new KontorException(Kind.PLUGIN, "out of ideas");
    }

    @Test
    void whoHangsOrFailsIsLeftOutAndDoesNotHoldUpTheOthers() throws Exception {
        List<Callable<Integer>> questions = List.of(() -> 1, this::hang, MemberThreadsTest::fail, () -> 4);
        long begin = System.nanoTime();
        assertEquals(List.of(Optional.of(1), Optional.empty(), Optional.empty(), Optional.of(4)), threads.ask(questions));
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(1_200), "the members' share of the deadline");
        assertTrue(interrupted.await(30, TimeUnit.SECONDS), "who is late is interrupted");
    }

    @Test
    void inATrainingMembersAreAskedOneAfterTheOtherOnTheRunsOwnThread() throws Exception {
        Thread own = Thread.currentThread();
        LimitedRun run = new LimitedRun(new Workbench.Quiet(), Shop.STORE.id(), new TrainingLimits(1, null, null), Runnable::run, thread -> 0);
        List<Callable<Thread>> questions = List.of(Thread::currentThread, Thread::currentThread);
        assertEquals(List.of(Optional.of(own), Optional.of(own)), run.run(() -> threads.ask(questions)));
        List<Optional<Thread>> outside = threads.ask(questions);
        assertFalse(outside.contains(Optional.of(own)));
    }
}
