package io.kontor.platform.admin.internal.jobs;

import io.kontor.platform.admin.internal.shell.Visit;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * A line of a job's log.
 *
 * @param time the time of day in the store's zone; empty when the line tells none
 * @param text what it says
 */
public record LogLine(String time, String text) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** Lines as {@link io.kontor.platform.jobs.Jobs#log} gives them: each with its time in front. */
    static List<LogLine> of(Visit visit, List<String> lines) {
        ZoneId zone = visit.store() == null ? ZoneOffset.UTC : visit.store().timeZone();
        return lines.stream().map(line -> of(visit, zone, line)).toList();
    }

    private static LogLine of(Visit visit, ZoneId zone, String line) {
        int space = line.indexOf(' ');
        try {
            return new LogLine(TIME.withZone(zone).format(Instant.parse(line.substring(0, Math.max(0, space)))),
                    visit.said(line.substring(space + 1)));
        } catch (DateTimeParseException e) {
            return new LogLine("", visit.said(line));
        }
    }
}
