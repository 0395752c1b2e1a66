package io.kontor.platform.jobs.internal;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.kontor.platform.jobs.ScheduleRefusedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads cron expressions of five fields in a time zone and tells the times they mean. */
final class CronClock {

    private final ExecutionTime times;
    private final ZoneId zone;

    /**
     * Reads an expression.
     *
     * @throws ScheduleRefusedException when the expression or the zone is wrong
     */
    CronClock(String cron, String timeZone) {
        try {
            zone = ZoneId.of(timeZone);
        } catch (DateTimeException e) {
            throw new ScheduleRefusedException("timeZone", "There is no time zone \"" + timeZone + "\".");
        }
        try {
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            times = ExecutionTime.forCron(parser.parse(cron).validate());
        } catch (IllegalArgumentException e) {
            throw new ScheduleRefusedException("cron", "\"" + cron + "\" is not a cron expression of five fields: " + e.getMessage());
        }
    }

    /** The first time after a given one; empty when there is none, as on 30 February. */
    Optional<Instant> next(Instant after) {
        return times.nextExecution(after.atZone(zone)).map(time -> time.toInstant());
    }
}
