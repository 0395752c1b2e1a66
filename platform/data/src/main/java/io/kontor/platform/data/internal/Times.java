package io.kontor.platform.data.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Reads times as records carry them, by hand because a file of a million rows has a million of them: {@code 2024-03-31T12:00:00.250+02:00}
 * with seconds, fraction and offset optional, {@code T} or one blank between, or a day alone. What has no offset is meant in the store's
 * time zone. Times are cut to milliseconds.
 */
final class Times {

    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final int EARLIEST = 1900;
    private static final int LATEST = 2199;

    private Times() {
    }

    /**
     * Reads a moment.
     *
     * @param text ISO 8601
     * @param zone for what has no offset
     * @return milliseconds since 1970-01-01T00:00Z; {@link Long#MIN_VALUE} when the text is no time of the years 1900 to 2199
     */
    static long moment(String text, ZoneId zone) {
        long day = day(text, 0);
        int length = text.length();
        if (day == Long.MIN_VALUE) {
            return Long.MIN_VALUE;
        }
        if (length == 10) {
            return local(day, zone);
        }
        char divider = text.charAt(10);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        if (divider != 'T' && divider != ' ' && divider != 't' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || text.charAt(13) != ':') {
            return Long.MIN_VALUE;
        }
        int i = 16;
        long millis = (hour * 60 + minute) * MINUTE;
        if (i < length && text.charAt(i) == ':') {
            int second = digits(text, i + 1, 2);
            if (second < 0 || second > 59) {
                return Long.MIN_VALUE;
            }
            millis += second * 1000L;
            i += 3;
            if (i < length && (text.charAt(i) == '.' || text.charAt(i) == ',')) {
                int start = ++i;
                int unit = 100;
                for (; i < length && digit(text, i) >= 0; i++) {
                    millis += (long) digit(text, i) * unit;
                    unit /= 10;
                }
                if (i == start || i - start > 9) {
                    return Long.MIN_VALUE;
                }
            }
        }
        return i == length ? local(day + millis, zone) : offset(text, i, day + millis);
    }

    private static long offset(String text, int from, long local) {
        char sign = text.charAt(from);
        int length = text.length();
        if (sign == 'Z' || sign == 'z') {
            return length == from + 1 ? local : Long.MIN_VALUE;
        }
        if (sign != '+' && sign != '-') {
            return Long.MIN_VALUE;
        }
        int hours = digits(text, from + 1, 2);
        int minutes = 0;
        if (length != from + 3) {
            int colon = length > from + 3 && text.charAt(from + 3) == ':' ? 1 : 0;
            minutes = length == from + 5 + colon ? digits(text, from + 3 + colon, 2) : -1;
        }
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return Long.MIN_VALUE;
        }
        long offset = (hours * 60 + minutes) * MINUTE;
        return sign == '+' ? local - offset : local + offset;
    }

    private static long local(long millis, ZoneId zone) {
        if (zone == ZoneOffset.UTC) {
            return millis;
        }
        int nanos = (int) Math.floorMod(millis, 1000L) * 1_000_000;
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), nanos, ZoneOffset.UTC);
        return time.atZone(zone).toInstant().toEpochMilli();
    }

    /**
     * Reads a day.
     *
     * @param text {@code YYYY-MM-DD}
     * @return milliseconds of its midnight UTC; {@link Long#MIN_VALUE} when the text is no day of the years 1900 to 2199
     */
    static long date(String text) {
        return text.length() == 10 ? day(text, 0) : Long.MIN_VALUE;
    }

    private static long day(String text, int from) {
        int year = digits(text, from, 4);
        int month = digits(text, from + 5, 2);
        int day = digits(text, from + 8, 2);
        if (year < EARLIEST || year > LATEST || month < 0 || day < 0 || text.charAt(from + 4) != '-' || text.charAt(from + 7) != '-') {
            return Long.MIN_VALUE;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay() * DAY;
        } catch (DateTimeException noSuchDay) {
            return Long.MIN_VALUE;
        }
    }

    private static int digits(String text, int from, int count) {
        if (from + count > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = digit(text, i);
            if (digit < 0) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int digit(String text, int at) {
        int digit = text.charAt(at) - '0';
        return digit >= 0 && digit <= 9 ? digit : -1;
    }
}
