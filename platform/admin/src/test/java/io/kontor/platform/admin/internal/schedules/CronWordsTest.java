package io.kontor.platform.admin.internal.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.shell.Rendering;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules in words. */
class CronWordsTest {

    private final Rendering operator = new Rendering(Role.OPERATOR, Locale.ENGLISH);
    private final Rendering viewer = new Rendering(Role.VIEWER, Locale.SIMPLIFIED_CHINESE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "17 2 * * * | every day at 02:17 | 每天 02:17",
        "0 6,18 * * * | every day at 06:00 and 18:00 | 每天 06:00、18:00",
        "30 5 * * 1 | every Monday at 05:30 | 每周一 05:30",
        "0 0 * * 7 | every Sunday at 00:00 | 每周日 00:00",
        "0 9 * * 1-5 | Monday to Friday at 09:00 | 周一至周五 09:00",
        "0 9 * * 2,4 | every Tuesday and Thursday at 09:00 | 每周二、周四 09:00",
        "5 4 1 * * | on day 1 of every month at 04:05 | 每月 1 日 04:05",
        "20 * * * * | every hour at minute 20 | 每小时第 20 分",
        "0 */4 * * * | every 4 hours at minute 0 | 每 4 小时的第 0 分",
        "*/15 * * * * | every 15 minutes | 每 15 分钟",
        "* * * * * | every minute | 每分钟"})
    void saysTheUsualForms(String cron, String english, String chinese) {
        assertEquals(Optional.of(english), CronWords.of(operator.visit(), cron));
        assertEquals(Optional.of(chinese), CronWords.of(viewer.visit(), cron));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 3 1 1 *", "0 3 1 * 1", "0-9 3 * * *", "0 3 L * *", "*/5 3 * * *", "0 3 * * MON", "", "0 0,1,2,3,4,5,6 * * *"})
    void leavesUnusualFormsAsTheyAre(String cron) {
        assertTrue(CronWords.of(operator.visit(), cron).isEmpty());
    }

    @Test
    void onlyOperatorsChangeSchedulesAndTheLastJobIsALink() {
        Schedule schedule = new Schedule("shop", "train-knn", new Schedule.Terms("p", "train", "17 2 * * *", null, true), "Train <b>", "Similar",
                Optional.of("Its bundle is away."), null, Instant.EPOCH, "job1", Job.State.FAILED);
        SchedulePages.ScheduleList list = new SchedulePages.ScheduleList(List.of(SchedulePages.Line.of(operator.visit(), schedule)));
        String html = operator.html("schedules/table", list);
        assertTrue(html.contains("Train &lt;b&gt;") && html.contains("/schedules/train-knn/pause"), html);
        assertTrue(html.contains("aria-label=\"Run now: Train &lt;b"), html);
        assertTrue(html.contains("/stores/shop/jobs/job1") && html.contains("Its bundle is away."), html);
        String seen = viewer.html("schedules/table", list);
        assertFalse(seen.contains("<form"), seen);
    }
}
