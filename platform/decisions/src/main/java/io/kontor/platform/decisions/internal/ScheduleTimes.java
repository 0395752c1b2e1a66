package io.kontor.platform.decisions.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Reads when something begins and ends: a date, a time of the store's clock, or a time with an offset. */
final class ScheduleTimes {

    private static final int LENGTH_OF_DATE = 10;

    private ScheduleTimes() {
    }

    /**
     * When it begins.
     *
     * @param text null for always
     * @throws DateTimeException when the text is no time
     */
    static Instant begin(String text, ZoneId zone) {
        return text == null ? Instant.MIN : text.length() == LENGTH_OF_DATE ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                : time(text, zone);
    }

    /**
     * From when on it is over; a date is the last day.
     *
     * @param text null for never
     * @throws DateTimeException when the text is no time
     */
    static Instant end(String text, ZoneId zone) {
        return text == null ? Instant.MAX : text.length() == LENGTH_OF_DATE
                ? LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant() : time(text, zone);
    }

    private static Instant time(String text, ZoneId zone) {
        boolean offset = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > LENGTH_OF_DATE;
        return offset ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).atZone(zone).toInstant();
    }
}
