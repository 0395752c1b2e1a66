package io.kontor.platform.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The days that are generated, counted from 0: two years, and four weeks ahead in which only the truth is known.
 *
 * @param first the first day
 * @param days how many days have records
 * @param zone the store's time zone
 */
record Span(LocalDate first, int days, ZoneId zone) {

    /** Days after the records for which demand is known. */
    static final int AHEAD = 28;

    private static final int MONTHS = 24;

    static Span until(LocalDate last, ZoneId zone) {
        LocalDate first = last.minusMonths(MONTHS).plusDays(1);
        return new Span(first, (int) ChronoUnit.DAYS.between(first, last) + 1, zone);
    }

    int all() {
        return days + AHEAD;
    }

    LocalDate date(int day) {
        return first.plusDays(day);
    }

    int dayOf(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(first, date);
    }

    boolean monday(int day) {
        return date(day).getDayOfWeek() == DayOfWeek.MONDAY;
    }

    /** Seconds since 1970 at a minute of a day in the store's time zone. */
    long second(int day, int minute) {
        return date(day).atTime(minute / 60, minute % 60).atZone(zone).toEpochSecond();
    }
}
