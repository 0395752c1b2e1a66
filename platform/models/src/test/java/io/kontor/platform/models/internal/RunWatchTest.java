package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.model.Training;
import io.kontor.platform.models.TrainingLimits;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training runs that take more than they may. */
class RunWatchTest {

    private static final String STORE = Shop.STORE.id();
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;
    private Workbench bench;

    @AfterEach
    void close() {
        assertFalse(Thread.interrupted(), "no interrupt of a run is left behind");
        if (bench != null) {
            bench.close();
        }
    }

    private void open(Callable<Void> before) {
        bench = new Workbench(FreshDatabase.h2(folder), folder, Shop.ofTwoTastes(60));
        bench.plugins.enable(Workbench.SHELF, false, Map.of(), settings -> new CoBought(true, false) {
            @Override
            public Baskets train(Training training) throws Exception {
                current = training;
                before.call();
                return super.train(training);
            }
        });
    }

    private Training current;

    private KontorException refused() {
        KontorException refused = assertThrows(KontorException.class, () -> bench.train("job-1", Map.of()));
        assertEquals(List.of(), bench.registry.list(STORE, Workbench.SHELF));
        return refused;
    }

    @Test
    void aRunThatHoldsMoreMemoryThanItMayIsStoppedAndSaysSo() {
        List<byte[]> held = new ArrayList<>();
        open(() -> {
            for (int i = 0; i < 4_000; i++) {
                held.add(new byte[MIB / 10]);
                current.job().checkCancelled();
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return null;
        });
        bench.limits.change(STORE, new TrainingLimits(null, 64, null));
        KontorException refused = refused();
        assertEquals(Kind.CAPACITY, refused.kind());
        assertTrue(refused.getMessage().matches("The training was stopped because it held about \\d+ MiB of memory: a training run of store "
                + "berlin may hold no more than 64 MiB\\. .*"), refused.getMessage());
        assertTrue(held.size() < 4_000, "it was stopped before it had all it wanted");
    }

    @Test
    void aRunThatAllocatesMuchAndHoldsLittleIsLeftAlone() throws Exception {
        AtomicInteger sum = new AtomicInteger();
        open(() -> {
            for (int i = 0; i < 2_000; i++) {
                sum.addAndGet(new byte[MIB].length);
                current.job().checkCancelled();
            }
            return null;
        });
        bench.limits.change(STORE, new TrainingLimits(null, 64, null));
        assertEquals(true, bench.train("job-1", Map.of()).get("promoted"));
    }

    @Test
    void aRunThatTakesLongerThanItMayIsStoppedAndSaysSo() {
        open(() -> {
            bench.later = TimeUnit.MINUTES.toNanos(6);
            new CountDownLatch(1).await();
            return null;
        });
        bench.limits.change(STORE, new TrainingLimits(null, null, 5));
        KontorException refused = refused();
        assertEquals(Kind.CAPACITY, refused.kind());
        assertEquals("The training was stopped after 5 minutes: a training run of store berlin may take no longer. Allow more time, or let it "
                + "learn from less.", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void partsAreDoneOnNoMoreThreadsThanAllowedAndGiveTheirResultsInOrder(int threads) throws Exception {
        Set<Thread> seen = Collections.synchronizedSet(new HashSet<>());
        CountDownLatch all = new CountDownLatch(threads);
        List<Integer> results = new ArrayList<>();
        open(() -> {
            List<Supplier<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int part = i;
                parts.add(() -> {
                    seen.add(Thread.currentThread());
                    all.countDown();
                    await(all);
                    return part;
                });
            }
            results.clear();
            results.addAll(current.job().all(parts));
            return null;
        });
        bench.limits.change(STORE, new TrainingLimits(threads, null, null));
        bench.train("job-1", Map.of());
        assertEquals(threads, current.job().threads());
        assertTrue(seen.size() >= threads);
        assertTrue(seen.stream().anyMatch(thread -> !thread.getName().startsWith("kontor-training-")), "the run's own thread works too");
        for (int i = 0; i < 50; i++) {
            assertEquals(i, results.get(i));
        }
    }

    /** Until so many threads work at once. */
    private static void await(CountDownLatch all) {
        try {
            assertTrue(all.await(30, TimeUnit.SECONDS), "so many threads work at once");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thePartThatFailsFirstInTheOrderFailsTheRun() {
        open(() -> {
            current.job().all(List.of(() -> 1, () -> {
                throw new IllegalStateException("out of ideas");
            }, () -> 3));
            return null;
        });
        bench.limits.change(STORE, new TrainingLimits(3, null, null));
        assertEquals("Plugin com.acme.shelf failed at training for store berlin: java.lang.IllegalStateException: out of ideas",
                refused().getMessage());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aStoreHasItsOwnLimitsBeforeThoseOfTheInstallation(FreshDatabase fresh) {
        bench = new Workbench(fresh, folder, new Shop());
        KeptLimits limits = new KeptLimits(bench.database, "threads=3, memory=1g, time=2h");
        assertEquals(new TrainingLimits(3, 1_024, 120), limits.of("paris"));
        limits.change("paris", new TrainingLimits(null, 200, null));
        assertEquals(new TrainingLimits(null, 200, null), limits.own("paris"));
        assertEquals(new TrainingLimits(3, 200, 120), limits.of("paris"));
        limits.change("paris", TrainingLimits.NONE);
        assertSame(TrainingLimits.NONE, limits.own("paris"));
        assertEquals("KONTOR_TRAINING_LIMITS has \"memory=some\", but must have parts such as threads=2, memory=400m or time=2h.",
                assertThrows(KontorException.class, () -> new KeptLimits(bench.database, "time=1d, memory=some")).getMessage());
    }

    @Test
    void whatIsKeptIsPutDownToWhoAllocatedIt() {
        long[] allocated = new long[2];
        LimitedRun[] runs = new LimitedRun[2];
        HeapLedger ledger = new HeapLedger();
        for (int i = 0; i < 2; i++) {
            int number = i;
            runs[i] = new LimitedRun(new Workbench.Quiet(), STORE, new TrainingLimits(1, null, null), Runnable::run, thread -> 0) {
                @Override
                long allocated() {
                    return allocated[number];
                }
            };
            ledger.open(runs[i]);
        }
        allocated[0] = 300;
        allocated[1] = 100;
        ledger.settle(200);
        assertEquals(150, ledger.charged(runs[0]));
        assertEquals(50, ledger.charged(runs[1]));
        assertSame(runs[0], ledger.largest());
        allocated[1] = 1_100;
        assertEquals(50 + 400, ledger.most(runs[1], 600), "no more than the heap has grown by");
        ledger.settle(100);
        assertEquals(75, ledger.charged(runs[0]));
        assertEquals(25, ledger.charged(runs[1]));
    }
}
