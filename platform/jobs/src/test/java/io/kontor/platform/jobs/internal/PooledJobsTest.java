package io.kontor.platform.jobs.internal;

import static io.kontor.platform.jobs.internal.Node.arrive;
import static io.kontor.platform.jobs.internal.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class PooledJobsTest {

    private static final JobHandler NOTHING = (id, request, context) -> Map.of();

    private static JobHandler throwing(Throwable failure) {
        return (id, request, context) -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    /** Runs until it is interrupted. */
    private static JobHandler waiting(CountDownLatch begun) {
        return (id, request, context) -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return Map.of();
        };
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsTheResultTheLogAndTheTimesOfAJob(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh).handling("count", (id, request, context) -> {
            context.log("first\nline");
            context.progress(0.5, "Half way");
            context.log("second line");
            return Map.of("n", request.parameters().get("n"), "names", List.of("a", "b"));
        })) {
            String id = node.submit("count", "shop", null);
            Job job = node.ended(id);
            assertEquals(Job.State.SUCCEEDED, job.state());
            assertEquals(Map.of("n", 1, "names", List.of("a", "b")), job.result());
            assertEquals(1, job.progress());
            assertEquals("Half way", job.message());
            assertEquals("shop", job.store());
            assertFalse(job.startedAt().isBefore(job.createdAt()) || job.finishedAt().isBefore(job.startedAt()));
            assertEquals(job, node.jobs.find(id).orElseThrow());
            List<String> log = node.jobs.log(id);
            assertEquals(2, log.size());
            assertTrue(log.get(0).endsWith("Z first line") && log.get(1).endsWith("Z second line"), log::toString);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void failsOnlyTheJobWhateverAHandlerThrows(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh)
                .handling("short", throwing(new KontorException(KontorException.Kind.DATA, "Too few rows: 3 of 100.")))
                .handling("secret", throwing(new IllegalStateException("password=hunter2")))
                .handling("deep", throwing(new StackOverflowError()))
                .handling("lacking", throwing(new NoClassDefFoundError("some/Thing")))
                .handling("large", throwing(new OutOfMemoryError("made by a test")))
                .handling("odd", (id, request, context) -> Map.of("thing", new Object()))
                .handling("well", NOTHING)) {
            Map<String, String> errors = Map.of("short", "Too few rows: 3 of 100.",
                    "secret", "The job failed unexpectedly; the server's log tells why.",
                    "deep", "The job failed unexpectedly; the server's log tells why.",
                    "lacking", "The code that does this job does not fit what is installed; the server's log names the class.",
                    "large", "The job needed more memory than the server has.",
                    "odd", "The job's result cannot be kept: A value cannot be written as JSON.");
            for (Map.Entry<String, String> expected : errors.entrySet()) {
                Job job = node.ended(node.submit(expected.getKey(), "shop", null));
                assertEquals(Job.State.FAILED, job.state());
                assertEquals(expected.getValue(), job.error());
            }
            assertEquals(Job.State.SUCCEEDED, node.ended(node.submit("well", "shop", null)).state());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void cancelsWaitingAndRunningJobs(FreshDatabase fresh) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (Node node = new Node(fresh).handling("wait", waiting(begun))) {
            String running = node.submit("wait", "shop", "key");
            String queued = node.submit("wait", "shop", "key");
            arrive(begun);
            assertTrue(node.jobs.cancel(queued));
            Job cancelled = node.jobs.find(queued).orElseThrow();
            assertEquals(Job.State.CANCELLED, cancelled.state());
            assertNull(cancelled.startedAt());
            assertTrue(node.jobs.cancel(running));
            assertEquals(Job.State.CANCELLED, node.ended(running).state());
            assertFalse(node.jobs.cancel(running));
            assertFalse(node.jobs.cancel("nothing"));
            Map<Job.State, Long> counts = node.jobs.counts();
            assertEquals(2, counts.get(Job.State.CANCELLED));
            assertEquals(0, counts.get(Job.State.RUNNING));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void stopsAHandlerThatOnlyAsksWhetherItIsCancelled(FreshDatabase fresh) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (Node node = new Node(fresh).handling("spin", (id, request, context) -> {
            begun.countDown();
            while (true) {
                context.checkCancelled();
                Thread.onSpinWait();
            }
        })) {
            String id = node.submit("spin", "shop", null);
            arrive(begun);
            node.jobs.cancel(id);
            assertEquals(Job.State.CANCELLED, node.ended(id).state());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void cancelsWhatRunsLongerThanItMayAndSaysSo(FreshDatabase fresh) throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        SetClock clock = new SetClock("2026-03-28T12:00:00Z");
        try (Node node = new Node(fresh, clock).handling("slow", waiting(begun))) {
            String limited = node.submit("slow", "shop", null);
            String other = node.submit("slow", "elsewhere", null);
            arrive(begun);
            clock.set("2026-03-28T12:31:00Z");
            Job job = node.ended(limited);
            assertEquals(Job.State.CANCELLED, job.state());
            assertEquals("Cancelled because it ran longer than the limit of 30m for jobs of its kind", job.message());
            assertEquals(Job.State.RUNNING, node.jobs.find(other).orElseThrow().state());
            clock.set("2026-03-28T14:01:00Z");
            assertEquals("Cancelled because it ran longer than the limit of 2h for jobs of its kind", node.ended(other).message());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void remembersWhoStartedAJobAlsoWhileItRuns(FreshDatabase fresh) throws Exception {
        Starter ann = Starter.of("ann");
        CountDownLatch begun = new CountDownLatch(1);
        try (Node node = new Node(fresh).handling("wait", waiting(begun)).handling("quick", NOTHING)) {
            JobRequest request = new JobRequest("wait", "shop", null, Map.of(), null);
            String running = node.jobs.submit(request.by(ann));
            arrive(begun);
            assertEquals(ann, node.jobs.find(running).orElseThrow().startedBy());
            node.jobs.cancel(running);
            assertEquals(ann, node.ended(running).startedBy());
            assertEquals(Starter.SYSTEM, node.ended(node.submit("quick", "shop", null)).startedBy());
            assertEquals(new Starter(Starter.Kind.KEY, "3f2a"), Starter.of("key 3f2a"));
            assertEquals(new Starter(Starter.Kind.KEY, "local commands"), Starter.of("local commands"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void runsJobsOfOneKeyOneAfterAnotherInTheirOrder(FreshDatabase fresh) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (Node node = new Node(fresh).handling("one", (id, request, context) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            order.add(id);
            Thread.yield();
            inside.decrementAndGet();
            return Map.of();
        })) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ids.add(node.submit("one", "shop" + i % 4, "key"));
            }
            for (String id : ids) {
                assertEquals(Job.State.SUCCEEDED, node.ended(id).state());
            }
            assertEquals(1, most.get());
            assertEquals(ids, order);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void beginsAStoresJobWhileAnotherStoreHasManyWaiting(FreshDatabase fresh) throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        try (Node node = new Node(fresh).handling("wait", waiting(begun)).handling("quick", NOTHING)) {
            List<String> greedy = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                greedy.add(node.submit("wait", "greedy", null));
            }
            arrive(begun);
            assertEquals(Job.State.SUCCEEDED, node.ended(node.submit("quick", "modest", null)).state());
            assertEquals(2, node.jobs.list("greedy", Job.State.RUNNING, null, 100).size());
            greedy.forEach(node.jobs::cancel);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void waitsForAHandlerAndGivesTheJobToTheNextWhenItLeaves(FreshDatabase fresh) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        JobHandler leaving = waiting(begun);
        try (Node node = new Node(fresh)) {
            String id = node.submit("late", "shop", "key");
            assertEquals(Job.State.QUEUED, node.jobs.find(id).orElseThrow().state());
            node.handling("late", leaving);
            arrive(begun);
            node.jobs.removeHandler(leaving);
            until("the job is queued again", () -> node.jobs.find(id).orElseThrow().state() == Job.State.QUEUED);
            String message = node.jobs.find(id).orElseThrow().message();
            assertTrue(List.of("Interrupted because what does it was removed; will be taken up again",
                    "Waits for what does it, which was removed").contains(message), message);
            node.handling("late", NOTHING);
            assertEquals(Job.State.SUCCEEDED, node.ended(id).state());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsFollowersThePresentStateTheProgressAndTheEnd(FreshDatabase fresh) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch freed = new CountDownLatch(1);
        List<Job> states = Collections.synchronizedList(new ArrayList<>());
        try (Node node = new Node(fresh)) {
            String id = node.submit("step", "shop", null);
            node.jobs.follow(id, job -> {
                states.add(job);
                freed.countDown();
                if (job.progress() == 0.25) {
                    seen.countDown();
                }
                if (job.state().ended()) {
                    ended.countDown();
                }
            });
            arrive(freed);
            node.handling("step", (job, request, context) -> {
                context.progress(0.25, "A quarter");
                arrive(seen);
                return Map.of("done", true);
            });
            arrive(ended);
            assertEquals(Job.State.QUEUED, states.get(0).state());
            assertEquals(Map.of("done", true), states.get(states.size() - 1).result());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void writesProgressAtMostFourTimesASecond(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh).handling("chatty", (id, request, context) -> {
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            long calls = 0;
            while (System.nanoTime() < end) {
                context.progress(0.5, "Call " + calls);
                context.log("Line " + calls++);
            }
            return Map.of("calls", calls);
        })) {
            int before = node.database.transactions();
            Job job = node.ended(node.submit("chatty", "shop", null));
            int transactions = node.database.transactions() - before;
            assertTrue(((Number) job.result().get("calls")).longValue() > 100, job::toString);
            assertTrue(transactions < 40, () -> transactions + " transactions");
            List<String> log = node.jobs.log(job.id());
            assertEquals(1_000, log.size());
            assertTrue(log.get(999).endsWith("Line " + (((Number) job.result().get("calls")).longValue() - 1)), log.get(999));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void listsTheLatestFirstByStoreAndStateAndPage(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh).handling("quick", NOTHING)) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ids.add(0, node.submit("quick", i % 2 == 0 ? "even" : "odd", null));
            }
            String waiting = node.jobs.submit(new JobRequest("unknown", null, null, Map.of(), null));
            for (String id : ids) {
                node.ended(id);
            }
            assertEquals(List.of(ids.get(0), ids.get(2), ids.get(4)), ids(node.jobs.list("odd", null, null, 10)));
            assertEquals(List.of(waiting), ids(node.jobs.list(null, Job.State.QUEUED, null, 10)));
            assertEquals(ids.subList(2, 4), ids(node.jobs.list(null, null, ids.get(1), 2)));
        }
    }

    private static List<String> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }
}
