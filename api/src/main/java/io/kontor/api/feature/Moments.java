package io.kontor.api.feature;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;

/** Reads attributes that name a moment, such as when an account was opened: ISO 8601 dates and times, without a zone taken as UTC. */
public final class Moments {

    /** What {@link #of} gives for a text that is none. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int DATE = 10;

    private Moments() {
    }

    /**
     * Reads a text.
     *
     * @param text the text
     * @return milliseconds since 1970, or {@link #NONE}
     */
    public static long of(String text) {
        if (!looksLikeADate(text)) {
            return NONE;
        }
        try {
            if (text.length() == DATE) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            }
            TemporalAccessor moment = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return moment instanceof OffsetDateTime exact ? exact.toInstant().toEpochMilli()
                    : ((LocalDateTime) moment).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeParseException e) {
            return NONE;
        }
    }

    private static boolean looksLikeADate(String text) {
        return text.length() >= DATE && text.charAt(4) == '-' && text.charAt(7) == '-' && Character.isDigit(text.charAt(0));
    }
}
