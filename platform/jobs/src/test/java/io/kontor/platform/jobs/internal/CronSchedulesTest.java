package io.kontor.platform.jobs.internal;

import static io.kontor.platform.jobs.internal.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** When schedules submit jobs, on one node and on several. */
class CronSchedulesTest {

    private static final Starter ANN = new Starter(Starter.Kind.USER, "ann");

    private final SetClock clock = new SetClock("2026-03-28T12:00:00Z");
    private final Offers offers = new Offers().enable("shop", "plugin", Offers.train(""), Offers.own("report", "", true));

    private CronSchedules schedules(Node node) {
        return new CronSchedules(node.database, node.jobs, offers, clock, Duration.ofMillis(50));
    }

    private static Node trainingNode(FreshDatabase fresh) {
        return new Node(fresh).handling("train", (id, request, context) -> Map.of());
    }

    private static Schedule.Terms train(String cron, boolean enabled) {
        return new Schedule.Terms("plugin", "train", cron, "Europe/Berlin", enabled);
    }

    private static Schedule put(CronSchedules schedules, String id, Schedule.Terms terms) {
        return schedules.put("shop", id, terms, Locale.ENGLISH);
    }

    private static Schedule find(CronSchedules schedules, String id) {
        return schedules.find("shop", id, Locale.ENGLISH).orElseThrow();
    }

    private static int jobs(Node node) {
        return node.jobs.list("shop", null, null, 500).size();
    }

    private static List<String> alarms(Node node) {
        return node.database.transaction(em -> em.createQuery("select s.alarm from ScheduleEntity s where s.alarm is not null", String.class)
                .getResultList());
    }

    private static long setAlarms(Node node) {
        return node.database.transaction(em -> ((Number) em.createNativeQuery("select count(*) from job_alarm").getSingleResult()).longValue());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsTermsAndCountsTheNextRunInTheTimeZone(FreshDatabase fresh) {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = schedules(node);
            Schedule made = put(schedules, "nightly", train("30 3 * * *", true));
            assertEquals(Instant.parse("2026-03-29T01:30:00Z"), made.nextRun(), "summer time begins that night");
            assertEquals("Train the model", made.title());
            assertEquals("Title of plugin", made.pluginTitle());
            assertEquals(Optional.empty(), made.waiting());
            Schedule changed = put(schedules, "nightly", new Schedule.Terms("plugin", "train", "0 4 * * *", null, false));
            assertNull(changed.nextRun());
            assertEquals("Europe/Berlin", changed.terms().timeZone(), "the store's");
            assertEquals(List.of(changed), schedules.list("shop", Locale.ENGLISH));
            assertEquals(List.of(), schedules.list("other", Locale.ENGLISH));
            assertEquals(changed, find(schedules, "nightly"));
            assertEquals(0, setAlarms(node), "a pause rings for nobody");
            assertTrue(schedules.delete("shop", "nightly"));
            assertFalse(schedules.delete("shop", "nightly"));
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void namesTheFieldAtFaultAndChangesNothing(FreshDatabase fresh) {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = schedules(node);
            Map<String, Schedule.Terms> wrong = Map.of("cron", train("61 3 * * *", true),
                    "task", new Schedule.Terms("plugin", "dance", "0 3 * * *", "UTC", true),
                    "timeZone", new Schedule.Terms("plugin", "train", "0 3 * * *", "Europe/Atlantis", true),
                    "plugin", new Schedule.Terms("stranger", "train", "0 3 * * *", "UTC", true));
            wrong.forEach((field, terms) -> assertEquals(field,
                    assertThrows(ScheduleRefusedException.class, () -> put(schedules, "s", terms)).field()));
            assertEquals("The plugin has no task \"dance\"; it has: train, report.",
                    assertThrows(ScheduleRefusedException.class, () -> put(schedules, "s", wrong.get("task"))).getMessage());
            assertEquals("cron", assertThrows(ScheduleRefusedException.class,
                    () -> put(schedules, "s", train("0 0 30 2 *", true))).field(), "a time that never comes");
            assertEquals("plugin", assertThrows(ScheduleRefusedException.class,
                    () -> put(schedules, "s", new Schedule.Terms(null, "train", "0 3 * * *", "UTC", true))).field());
            assertEquals("id", assertThrows(ScheduleRefusedException.class, () -> put(schedules, "A B", train("0 3 * * *", true))).field());
            assertEquals(List.of(), schedules.list("shop", Locale.ENGLISH));
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void submitsOneJobWhenTheTimeHasComeAndGoesWithItsStore(FreshDatabase fresh) throws Exception {
        try (Node node = trainingNode(fresh)) {
            CronSchedules schedules = schedules(node);
            put(schedules, "hourly", train("0 * * * *", true));
            clock.set("2026-03-28T15:10:00Z");
            until("the job is submitted", () -> find(schedules, "hourly").lastJob() != null);
            Schedule after = find(schedules, "hourly");
            assertEquals(Job.State.SUCCEEDED, node.ended(after.lastJob()).state());
            assertEquals(Job.State.SUCCEEDED, find(schedules, "hourly").lastState());
            assertEquals(Instant.parse("2026-03-28T16:00:00Z"), after.nextRun());
            assertEquals(Optional.of(after.nextRun()), schedules.ring(alarms(node).get(0)), "an alarm that rings again says when");
            assertEquals(1, jobs(node), "what was missed is made up for once");
            schedules.deleted("shop");
            assertEquals(List.of(), schedules.list("shop", Locale.ENGLISH));
            until("no alarm is left", () -> setAlarms(node) == 0);
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void servesEachTimeOnceHoweverManyNodesThereAre(FreshDatabase fresh) throws Exception {
        try (Node one = trainingNode(fresh); Node two = trainingNode(fresh)) {
            CronSchedules first = schedules(one);
            CronSchedules second = schedules(two);
            IntStream.range(0, 20).forEach(i -> put(first, "s" + i, train("0 * * * *", true)));
            clock.set("2026-03-28T13:00:00Z");
            until("all are served", () -> one.jobs.list("shop", Job.State.SUCCEEDED, null, 500).size() == 20);
            for (String alarm : alarms(one)) {
                first.ring(alarm);
                second.ring(alarm);
            }
            clock.set("2026-03-28T14:00:00Z");
            until("all are served again", () -> jobs(one) == 40);
            until("all alarms wait for the next time", () -> alarmsAt(one, "2026-03-28T15:00:00Z") == 20);
            assertEquals(40, jobs(one));
            first.stop();
            second.stop();
        }
    }

    private static long alarmsAt(Node node, String time) {
        return node.database.transaction(em -> ((Number) em.createNativeQuery(
                "select count(*) from job_alarm where picked = false and execution_time = ?").setParameter(1, Instant.parse(time))
                .getSingleResult()).longValue());
    }

    private static List<?> alarmsAfter(Node node, String time) {
        return node.database.transaction(em -> em.createNativeQuery("select task_instance from job_alarm where execution_time > ?")
                .setParameter(1, Instant.parse(time)).getResultList());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void takesUpTheTimeThatADeadNodeHadPickedAndTheOneItHadServedOnlyOnce(FreshDatabase fresh) throws Exception {
        try (Node dead = trainingNode(fresh); Node alive = trainingNode(fresh)) {
            CronSchedules before = schedules(dead);
            put(before, "served", train("0 * * * *", true));
            String served = alarms(dead).get(0);
            put(before, "picked", train("0 * * * *", true));
            before.stop();
            clock.set("2026-03-28T13:00:00Z");
            before.ring(served);
            String job = find(before, "served").lastJob();
            dead.database.jdbc(connection -> {
                try (var statement = connection.prepareStatement(
                        "update job_alarm set picked = true, picked_by = 'dead', last_heartbeat = ?, version = version + 1")) {
                    statement.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                    return statement.executeUpdate();
                }
            });
            clock.set("2026-03-28T13:05:00Z");
            CronSchedules after = schedules(alive);
            until("the picked one is served", () -> find(after, "picked").lastJob() != null);
            until("both wait for the next time", () -> alarmsAt(alive, "2026-03-28T14:00:00Z") == 2);
            assertEquals(job, find(after, "served").lastJob());
            assertEquals(2, jobs(alive));
            after.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void makesUpOnceForWhatWasMissedWhileNoServerRan(FreshDatabase fresh) throws Exception {
        try (Node node = trainingNode(fresh)) {
            CronSchedules before = schedules(node);
            put(before, "hourly", train("0 * * * *", true));
            put(before, "paused", train("0 * * * *", false));
            before.stop();
            clock.set("2026-03-29T09:30:00Z");
            CronSchedules after = schedules(node);
            until("the job is submitted", () -> find(after, "hourly").lastJob() != null);
            until("the alarm waits for the next time", () -> alarmsAt(node, "2026-03-29T10:00:00Z") == 1);
            assertNull(find(after, "paused").lastJob());
            assertEquals(1, jobs(node));
            after.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void passesATimeOverWhileTheJobOfAnEarlierOneStillWaits(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = schedules(node);
            put(schedules, "hourly", train("0 * * * *", true));
            clock.set("2026-03-28T13:00:00Z");
            until("the job is submitted", () -> alarmsAt(node, "2026-03-28T14:00:00Z") == 1);
            clock.set("2026-03-28T14:00:00Z");
            until("the next time is passed over", () -> alarmsAt(node, "2026-03-28T15:00:00Z") == 1);
            assertEquals(1, jobs(node));
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void runsByHandAlsoWhilePausedAndOnceWhileTheJobWaits(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = schedules(node);
            put(schedules, "paused", train("0 * * * *", false));
            String job = schedules.run("shop", "paused", ANN).orElseThrow();
            assertEquals(Optional.of(job), schedules.run("shop", "paused", ANN));
            assertEquals(Job.State.QUEUED, find(schedules, "paused").lastState());
            assertEquals(ANN, node.jobs.find(job).orElseThrow().startedBy());
            node.handling("train", (id, request, context) -> Map.of());
            node.ended(job);
            assertNotEquals(Optional.of(job), schedules.run("shop", "paused", ANN));
            assertEquals(2, jobs(node));
            assertNull(find(schedules, "paused").nextRun());
            assertEquals(Optional.empty(), schedules.run("shop", "none", ANN));
            offers.disable("shop", "plugin");
            node.ended(find(schedules, "paused").lastJob());
            assertEquals("Waiting: the plugin plugin is not enabled for this store.",
                    assertThrows(KontorException.class, () -> schedules.run("shop", "paused", ANN)).getMessage());
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void waitsWithAReasonWhileTheBundleIsAwayAndMakesUpOnceWhenItIsBack(FreshDatabase fresh) throws Exception {
        try (Node node = trainingNode(fresh)) {
            CronSchedules schedules = schedules(node);
            put(schedules, "hourly", train("0 * * * *", true));
            offers.takeBundleAway("shop", "plugin");
            clock.set("2026-03-28T14:30:00Z");
            until("the alarm looks again", () -> !alarmsAfter(node, "2026-03-28T14:30:59Z").isEmpty());
            Schedule waiting = find(schedules, "hourly");
            assertEquals(Optional.of("Waiting: the bundle of the plugin plugin is not installed in the version that this store uses."),
                    waiting.waiting());
            assertTrue(schedules.find("shop", "hourly", Locale.CHINESE).orElseThrow().waiting().orElseThrow().startsWith("等待中"));
            assertNull(waiting.nextRun());
            assertNull(waiting.lastJob());
            assertEquals(train("0 * * * *", true), waiting.terms());
            offers.enable("shop", "plugin", Offers.train(""));
            clock.set("2026-03-28T14:32:00Z");
            until("the job is submitted", () -> find(schedules, "hourly").lastJob() != null);
            until("the alarm waits for the next time", () -> alarmsAt(node, "2026-03-28T15:00:00Z") == 1);
            assertEquals(1, jobs(node));
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void goesOnWithTheSchedulesOfAnEarlierVersion(FreshDatabase fresh) throws Exception {
        Databases.Opened old = Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(JobEntity.class),
                Map.of("io.kontor.platform.jobs", List.of(JobEntity.class.getResource("/db/migration/V1__jobs.sql"))));
        old.jdbc(connection -> {
            try (var statement = connection.prepareStatement("insert into job_schedule (store, id, plugin, task, cron, time_zone, enabled, "
                    + "next_run) values ('shop', 'old', 'plugin', 'train', '0 * * * *', 'UTC', true, '2026-03-28T13:00:00Z')")) {
                return statement.executeUpdate();
            }
        });
        old.close();
        try (Node node = trainingNode(fresh)) {
            CronSchedules schedules = schedules(node);
            clock.set("2026-03-28T13:00:00Z");
            until("the job is submitted", () -> find(schedules, "old").lastJob() != null);
            schedules.stop();
        }
    }
}
