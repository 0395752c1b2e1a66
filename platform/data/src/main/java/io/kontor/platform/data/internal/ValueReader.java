package io.kontor.platform.data.internal;

import io.kontor.api.source.ValueFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns values as a source writes them into what {@link RowParser} reads: ISO times, plain numbers. Immutable; safe for several threads.
 */
final class ValueReader {

    private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+|\\d{1,3}([. \u00a0\u202f'’]\\d{3})+)(,\\d+)?");
    private static final Pattern POINT = Pattern.compile("[+-]?(\\d+|\\d{1,3}([, \u00a0\u202f'’]\\d{3})+)(\\.\\d+)?");
    private static final Pattern CURRENCY = Pattern.compile("^([+-]?)[\\p{Sc}A-Z]{0,3}[\\s\u00a0]*|[\\s\u00a0]*[\\p{Sc}A-Z]{0,3}$");

    private final ValueFormat format;
    private final ZoneId zone;
    private final DateTimeFormatter dates;
    private final boolean seconds;
    private final boolean millis;

    /**
     * Reads values of one format.
     *
     * @param format how they are written
     * @param storeZone the time zone of times for which the format names none
     */
    ValueReader(ValueFormat format, ZoneId storeZone) {
        this.format = format;
        this.zone = format.zone().orElse(storeZone);
        this.seconds = format.dates().filter("epoch"::equals).isPresent();
        this.millis = format.dates().filter("epochMillis"::equals).isPresent();
        this.dates = format.dates().filter(pattern -> !seconds && !millis).map(ValueReader::formatter).orElse(null);
    }

    private static DateTimeFormatter formatter(String pattern) {
        // a year of an era, as most people write it, is a year
        return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern.replace('y', 'u'))
                .toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * Turns a value.
     *
     * @param column what it is for
     * @param text as the source has it; not null
     * @return as records carry it
     * @throws RowRefusedException naming the column, when the value is not written as the format says
     */
    String read(Column column, String text) throws RowRefusedException {
        return switch (column.kind()) {
            case ID, TEXT -> text;
            case NUMBER -> number(column.name(), text.strip());
            case FLAG -> text.strip().toLowerCase(Locale.ROOT);
            case TIME, DATE -> moment(column, text.strip());
        };
    }

    private String number(String name, String text) throws RowRefusedException {
        String plain = format.decimal() == 0 ? text : plain(name, text);
        if (format.unit().equals(BigDecimal.ONE)) {
            return plain;
        }
        if (Double.isNaN(Numbers.parse(plain))) {
            throw new RowRefusedException(name, name + " must be a number");
        }
        return new BigDecimal(plain).multiply(format.unit()).toString();
    }

    private String plain(String name, String text) throws RowRefusedException {
        boolean comma = format.decimal() == ',';
        String bare = CURRENCY.matcher(text).replaceAll("$1");
        if (!(comma ? COMMA : POINT).matcher(bare).matches()) {
            throw new RowRefusedException(name, name + " must be a number such as " + (comma ? "1.234,56" : "1,234.56"));
        }
        StringBuilder plain = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c == format.decimal()) {
                plain.append('.');
            } else if (c >= '0' && c <= '9' || c == '-' || c == '+') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private String moment(Column column, String text) throws RowRefusedException {
        if (seconds || millis) {
            return ofEpoch(column, text);
        }
        boolean day = column.kind() == Column.Kind.DATE;
        if (dates == null) {
            long moment = Times.moment(text, zone);
            if (moment == Long.MIN_VALUE || day && text.length() == 10) {
                return text;
            }
            return day ? Instant.ofEpochMilli(moment).atZone(zone).toLocalDate().toString() : Instant.ofEpochMilli(moment).toString();
        }
        try {
            TemporalAccessor parsed = dates.parse(text);
            LocalDate date = LocalDate.from(parsed);
            if (day) {
                return date.toString();
            }
            if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
                return OffsetDateTime.from(parsed).toInstant().toString();
            }
            ZoneId own = parsed.query(TemporalQueries.zone());
            LocalDateTime local = parsed.query(TemporalQueries.localTime()) == null ? date.atStartOfDay() : LocalDateTime.from(parsed);
            return local.atZone(own == null ? zone : own).toInstant().toString();
        } catch (DateTimeException e) {
            throw new RowRefusedException(column.name(), column.name() + " must be a " + (day ? "day" : "time") + " written as "
                    + format.dates().orElseThrow());
        }
    }

    private String ofEpoch(Column column, String text) throws RowRefusedException {
        double number = Numbers.parse(text);
        if (Double.isNaN(number) || Math.abs(number) > 1e14) {
            throw new RowRefusedException(column.name(), column.name() + " must be a number of " + (millis ? "milliseconds" : "seconds")
                    + " since 1970");
        }
        Instant moment = Instant.ofEpochMilli((long) (millis ? number : number * 1000));
        return column.kind() == Column.Kind.DATE ? moment.atZone(zone).toLocalDate().toString() : moment.toString();
    }
}
