package io.kontor.platform.jobs.internal;

import static io.kontor.platform.jobs.internal.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What plugins declare and operators change. */
class DeclaredSchedulesTest {

    private static final String TRAIN = "com-acme-knn-train";
    private static final String REPORT = "com-acme-knn-report";

    private final SetClock clock = new SetClock("2026-03-28T12:00:00Z");
    private final Offers offers = new Offers();

    private CronSchedules schedules(Node node) {
        return new CronSchedules(node.database, node.jobs, offers, clock, Duration.ofMillis(50));
    }

    private void enable(CronSchedules schedules, PluginTask... tasks) {
        offers.enable("shop", "com.acme.Knn", tasks);
        schedules.enabled("shop", "com.acme.Knn");
    }

    private void disable(CronSchedules schedules) {
        offers.disable("shop", "com.acme.Knn");
        schedules.disabled("shop", "com.acme.Knn");
    }

    private static List<String> ids(CronSchedules schedules) {
        return schedules.list("shop", Locale.ENGLISH).stream().map(Schedule::id).toList();
    }

    private static Schedule find(CronSchedules schedules, String id) {
        return schedules.find("shop", id, Locale.ENGLISH).orElseThrow();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void enablingAPluginBringsItsTasksInTheStoresTimeZoneAndDisablingTakesThemAway(FreshDatabase fresh) {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = schedules(node);
            enable(schedules, Offers.train("H 2 * * *"), Offers.own("report", "0 7 * * 1", false), Offers.own("odd", "no cron", true),
                    Offers.own("on-demand", "", true));
            assertEquals(List.of(REPORT, TRAIN), ids(schedules));
            Schedule train = find(schedules, TRAIN);
            assertTrue(train.terms().cron().matches("[1-5]?[0-9] 2 \\* \\* \\*"), train.terms().cron());
            assertEquals("Europe/Berlin", train.terms().timeZone());
            assertTrue(train.terms().enabled());
            Schedule report = find(schedules, REPORT);
            assertEquals(new Schedule.Terms("com.acme.Knn", "report", "0 7 * * 1", "Europe/Berlin", false), report.terms());
            assertEquals("Title of report", report.title());
            disable(schedules);
            assertEquals(List.of(), ids(schedules));
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatAnOperatorChangedStaysAndTheRestFollowsThePlugin(FreshDatabase fresh) {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = schedules(node);
            enable(schedules, Offers.train("0 2 * * *"), Offers.own("report", "0 7 * * 1", true));
            Schedule.Terms paused = new Schedule.Terms("com.acme.Knn", "train", "0 2 * * *", null, false);
            schedules.put("shop", TRAIN, paused, Locale.ENGLISH);
            schedules.put("shop", "mine", new Schedule.Terms("com.acme.Knn", "report", "0 8 1 * *", null, true), Locale.ENGLISH);
            enable(schedules, Offers.train("0 3 * * *"), Offers.own("report", "0 9 * * 1", true));
            assertFalse(find(schedules, TRAIN).terms().enabled());
            assertEquals("0 2 * * *", find(schedules, TRAIN).terms().cron());
            assertEquals("0 9 * * 1", find(schedules, REPORT).terms().cron());
            enable(schedules, Offers.train("0 3 * * *"));
            assertEquals(List.of(TRAIN, "mine"), ids(schedules), "the update no longer declares the report");
            assertEquals("Waiting: the plugin com.acme.Knn has no task report in the version that this store uses.",
                    find(schedules, "mine").waiting().orElseThrow());
            disable(schedules);
            assertEquals(List.of(TRAIN, "mine"), ids(schedules));
            assertEquals("Waiting: the plugin com.acme.Knn is not enabled for this store.", find(schedules, TRAIN).waiting().orElseThrow());
            schedules.put("shop", "mine", new Schedule.Terms("com.acme.Knn", "report", "0 8 1 * *", null, false), Locale.ENGLISH);
            enable(schedules, Offers.train("0 3 * * *"));
            assertFalse(find(schedules, TRAIN).terms().enabled(), "the pause outlives disabling");
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatAnOperatorRemovedStaysAwayUntilThePluginIsEnabledAnewOrItIsPut(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = schedules(node);
            enable(schedules, Offers.train("0 2 * * *"), Offers.own("report", "0 7 * * 1", true));
            assertTrue(schedules.delete("shop", TRAIN));
            assertFalse(schedules.delete("shop", TRAIN));
            enable(schedules, Offers.train("0 2 * * *"), Offers.own("report", "0 7 * * 1", true));
            assertEquals(List.of(REPORT), ids(schedules));
            schedules.stop();
            CronSchedules restarted = schedules(node);
            offers.enable("shop", "new", Offers.train("0 2 * * *"));
            restarted.catchUp();
            until("what came meanwhile is there", () -> ids(restarted).contains("new-train"));
            assertEquals(List.of(REPORT, "new-train"), ids(restarted));
            restarted.put("shop", TRAIN, new Schedule.Terms("com.acme.Knn", "train", "0 4 * * *", null, true), Locale.ENGLISH);
            assertEquals("0 4 * * *", find(restarted, TRAIN).terms().cron());
            assertTrue(restarted.delete("shop", TRAIN));
            disable(restarted);
            enable(restarted, Offers.train("0 2 * * *"));
            assertEquals(List.of(TRAIN, "new-train"), ids(restarted));
            restarted.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aThousandStoresGetTheirSchedulesAtTheStartSpreadOverTheHour(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh)) {
            IntStream.range(0, 1_000).forEach(i -> offers.enable("s" + i, "com.acme.Knn", Offers.train("H 2 * * *")));
            CronSchedules schedules = schedules(node);
            until("the last store has its schedule", () -> schedules.find("s999", TRAIN, Locale.ENGLISH).isPresent());
            List<String> minutes = node.database.transaction(em -> em.createQuery("select distinct s.cron from ScheduleEntity s",
                    String.class).getResultList());
            assertEquals(60, minutes.size());
            schedules.stop();
        }
    }

    @Test
    void idsAreShortAndDifferAlsoForLongPlugins() {
        String long1 = DeclaredSchedules.id("com.example.with.a.very.long.name.for.a.plugin.of.a.bundle.First", "task");
        String long2 = DeclaredSchedules.id("com.example.with.a.very.long.name.for.a.plugin.of.a.bundle.first", "task");
        assertTrue(long1.matches("[a-z0-9][a-z0-9-]{0,62}"), long1);
        assertFalse(long1.equals(long2));
    }
}
