package io.kontor.platform.jobs.internal;

import static io.kontor.platform.jobs.internal.Node.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.store.Store;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class CronSchedulesTest {

    /** A clock that stands still until it is set. */
    private static final class SetClock extends Clock {

        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-28T12:00:00Z"));

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    private final SetClock clock = new SetClock();

    private static Schedule.Terms daily(String cron, boolean enabled) {
        return new Schedule.Terms("plugin", Schedule.Terms.TRAIN, cron, "Europe/Berlin", enabled);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsTermsAndCountsTheNextRunInTheTimeZone(FreshDatabase fresh) {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = new CronSchedules(node.database, node.jobs, clock);
            Schedule made = schedules.put("shop", "nightly", daily("30 3 * * *", true));
            assertEquals(Instant.parse("2026-03-29T01:30:00Z"), made.nextRun(), "summer time begins that night");
            Schedule changed = schedules.put("shop", "nightly", daily("0 4 * * *", false));
            assertNull(changed.nextRun());
            assertEquals(List.of(changed), schedules.list("shop"));
            assertEquals(List.of(), schedules.list("other"));
            assertEquals(Optional.of(changed), schedules.find("shop", "nightly"));
            assertTrue(schedules.delete("shop", "nightly"));
            assertFalse(schedules.delete("shop", "nightly"));
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void namesTheFieldAtFaultAndChangesNothing(FreshDatabase fresh) {
        try (Node node = new Node(fresh)) {
            CronSchedules schedules = new CronSchedules(node.database, node.jobs, clock);
            Map<String, Schedule.Terms> wrong = Map.of("cron", daily("61 3 * * *", true),
                    "task", new Schedule.Terms("plugin", "dance", "0 3 * * *", "UTC", true),
                    "timeZone", new Schedule.Terms("plugin", "train", "0 3 * * *", "Europe/Atlantis", true),
                    "plugin", new Schedule.Terms(null, "train", "0 3 * * *", "UTC", true));
            wrong.forEach((field, terms) -> assertEquals(field,
                    assertThrows(ScheduleRefusedException.class, () -> schedules.put("shop", "s", terms)).field()));
            assertEquals("cron", assertThrows(ScheduleRefusedException.class,
                    () -> schedules.put("shop", "s", daily("0 0 30 2 *", true))).field(), "a time that never comes");
            assertEquals("id", assertThrows(ScheduleRefusedException.class,
                    () -> schedules.put("shop", "A B", daily("0 3 * * *", true))).field());
            assertEquals(List.of(), schedules.list("shop"));
            schedules.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void submitsOneJobWhenTheTimeHasComeAndGoesWithItsStore(FreshDatabase fresh) throws Exception {
        try (Node node = new Node(fresh).handling("train", (id, request, context) -> Map.of())) {
            CronSchedules schedules = new CronSchedules(node.database, node.jobs, clock);
            schedules.put("shop", "hourly", daily("0 * * * *", true));
            clock.now.set(Instant.parse("2026-03-28T15:10:00Z"));
            schedules.runDue();
            schedules.runDue();
            until("the job is submitted", () -> schedules.find("shop", "hourly").orElseThrow().lastJob() != null);
            Schedule after = schedules.find("shop", "hourly").orElseThrow();
            assertEquals(Job.State.SUCCEEDED, node.ended(after.lastJob()).state());
            assertEquals(Instant.parse("2026-03-28T16:00:00Z"), after.nextRun());
            assertEquals(1, node.jobs.list("shop", null, null, 10).size(), "what was missed is made up for once");
            new StoreSchedules(schedules).deleted(new Store("shop", "Shop", Currency.getInstance("EUR"), Locale.ENGLISH, ZoneOffset.UTC, "DE"));
            assertEquals(List.of(), schedules.list("shop"));
            schedules.stop();
        }
    }
}
