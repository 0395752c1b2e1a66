package io.kontor.platform.jobs.internal;

import static io.kontor.platform.jobs.internal.Node.arrive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.job.ScheduledTask;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that plugins bring, as jobs: a good one, bad ones, and one whose plugin changes or goes meanwhile. */
class TaskJobTest {

    @TempDir
    private Path folder;
    private final TaskHolders plugins = new TaskHolders();
    private Node node;

    @BeforeEach
    void start() {
        node = new Node(FreshDatabase.h2(folder)).handling(PluginTask.OWN, new TaskJob(plugins, plugins, Duration.ofMillis(300)));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private String submit() {
        return node.jobs.submit(TaskRequests.of("shop", "plugin", Offers.own("report", "", true)));
    }

    private Job run(ScheduledTask task) throws Exception {
        plugins.enable("report", task);
        return node.ended(submit());
    }

    @Test
    void keepsResultProgressAndLogOfATask() throws Exception {
        Job job = run(context -> {
            context.progress(0.5, "half way");
            context.log("counted");
            return Map.of("count", 3, "names", List.of("a", "b"), "nested", Map.of("yes", true));
        });
        assertEquals(Job.State.SUCCEEDED, job.state());
        assertEquals(Map.of("count", 3, "names", List.of("a", "b"), "nested", Map.of("yes", true)), job.result());
        assertEquals("half way", job.message());
        assertTrue(node.jobs.log(job.id()).get(0).endsWith("counted"));
        assertEquals("shop", job.store());
        assertEquals(0, plugins.openLeases());
    }

    @Test
    void failsTheJobOnlyWhenATaskThrowsOrReturnsWhatIsNoJson() throws Exception {
        Job thrown = run(context -> {
            throw new IllegalStateException("broken");
        });
        assertEquals("The job failed unexpectedly; the server's log tells why.", thrown.error());
        Job error = run(context -> {
            throw new NoClassDefFoundError("gone");
        });
        assertEquals(Job.State.FAILED, error.state());
        assertEquals("The task's result holds a java.lang.Object, which is no JSON value.",
                run(context -> Map.of("list", List.of(new Object()))).error());
        Job long1 = run(context -> Map.of("text", "x".repeat(2_000_000)));
        assertTrue(long1.error().startsWith("The job's result cannot be kept"), long1.error());
        assertEquals(Map.of(), run(context -> null).result());
        assertEquals(0, plugins.openLeases());
    }

    @Test
    void stopsWhenTheJobIsCancelled() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        plugins.enable("report", context -> {
            runs.countDown();
            while (true) {
                context.checkCancelled();
                Thread.onSpinWait();
            }
        });
        String job = submit();
        arrive(runs);
        assertTrue(node.jobs.cancel(job));
        assertEquals(Job.State.CANCELLED, node.ended(job).state());
    }

    @Test
    void beginsAgainWithTheNextInstanceWhenTheFirstLeaves() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        plugins.enable("report", context -> {
            runs.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                context.checkCancelled();
            }
            return Map.of("by", "old");
        });
        String job = submit();
        arrive(runs);
        plugins.replace("report", context -> Map.of("by", "new"));
        assertEquals(Map.of("by", "new"), node.ended(job).result());
        assertEquals(1, interrupted.get());
    }

    @Test
    void failsWhenThePluginIsDisabledMeanwhileOrDoesNotComeUp() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        plugins.enable("report", context -> {
            runs.countDown();
            new CountDownLatch(1).await();
            return Map.of();
        });
        String job = submit();
        arrive(runs);
        plugins.disable();
        assertEquals("The plugin plugin is not enabled for this store.", node.ended(job).error());
        plugins.enable("other", context -> Map.of());
        assertEquals("The task report of the plugin plugin does not run for this store; the plugin's state tells why.",
                node.ended(submit()).error());
    }
}
