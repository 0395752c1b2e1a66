package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens too often is noticed soon, and what does not is left alone. */
class RateAlarmTest {

    private static final double LIMIT = 0.05;
    private static final long APART = TimeUnit.MILLISECONDS.toNanos(20);

    /** How many cases it takes; the limit of cases when there is no alarm. */
    private static int casesToAlarm(RateAlarm alarm, double rate, int most, Random random) {
        for (int i = 1; i <= most; i++) {
            if (alarm.add(random.nextDouble() < rate, i * APART)) {
                return i;
            }
        }
        return most;
    }

    @Test
    void isSilentBelowTheLimitAndRarelyWrongAtIt() {
        assertEquals(1_000_000, casesToAlarm(new RateAlarm(LIMIT), LIMIT * 0.6, 1_000_000, new Random(1)));
        int alarms = 0;
        for (int run = 0; run < 100; run++) {
            alarms += casesToAlarm(new RateAlarm(LIMIT), LIMIT, 10_000, new Random(run)) < 10_000 ? 1 : 0;
        }
        assertTrue(alarms <= 20, alarms + " of 100 runs of a tenth of the promised cases had an alarm just at the limit");
    }

    @Test
    void noticesTheSoonerTheWorseItIs() {
        double total = 0;
        for (int run = 0; run < 50; run++) {
            total += casesToAlarm(new RateAlarm(LIMIT), 0.15, 100_000, new Random(run));
        }
        assertTrue(total / 50 < 250, "three times the limit took " + total / 50 + " cases");
        total = 0;
        for (int run = 0; run < 50; run++) {
            total += casesToAlarm(new RateAlarm(LIMIT), 1, 100_000, new Random(run));
        }
        assertTrue(total / 50 <= 60, "all bad took " + total / 50 + " cases");
    }

    @Test
    void goodTimesLongAgoDoNotHideABadOne() {
        RateAlarm alarm = new RateAlarm(LIMIT);
        for (int i = 0; i < 1_000_000; i++) {
            assertFalse(alarm.add(false, i * APART));
        }
        int more = 1;
        while (!alarm.add(true, (1_000_000 + more) * APART)) {
            more++;
            assertTrue(more < 100, "a hundred bad cases in a row were not noticed");
        }
        assertEquals(more, alarm.badCases());
    }

    @Test
    void aSingleBadCaseOrAPauseOfTheMachineIsNoAlarm() {
        RateAlarm alarm = new RateAlarm(LIMIT);
        assertFalse(alarm.add(true, 0));
        for (int i = 0; i < 1_000; i++) {
            assertFalse(alarm.add(true, TimeUnit.MILLISECONDS.toNanos(200)), "all calls of one moment were slow");
        }
        for (int i = 1; i < 200; i++) {
            assertFalse(alarm.add(false, TimeUnit.SECONDS.toNanos(i)));
        }
    }
}
