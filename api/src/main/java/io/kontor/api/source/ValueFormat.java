package io.kontor.api.source;

import io.kontor.api.KontorException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;

/**
 * How a source writes times and numbers. Immutable.
 *
 * @param dates pattern of times and days, for example {@code dd.MM.yyyy HH:mm}, as {@link java.time.format.DateTimeFormatter} reads it, or
 *        {@code epoch} for seconds and {@code epochMillis} for milliseconds since 1970; empty for ISO 8601
 * @param zone time zone of times that name none; empty for the store's
 * @param decimal {@code ','} or {@code '.'} when numbers may also have thousands separators and currency signs; 0 for plain numbers with a
 *        point and nothing else
 * @param unit what a number is multiplied by, for example 0.01 when prices are cents; never null or 0
 */
public record ValueFormat(Optional<String> dates, Optional<ZoneId> zone, char decimal, BigDecimal unit) {

    /** ISO 8601 in the store's time zone, plain numbers. */
    public static final ValueFormat PLAIN = new ValueFormat(Optional.empty(), Optional.empty(), (char) 0, BigDecimal.ONE);

    /** Checks the parts. */
    public ValueFormat {
        Objects.requireNonNull(dates, "dates");
        Objects.requireNonNull(zone, "zone");
        if (decimal != 0 && decimal != ',' && decimal != '.') {
            throw new IllegalArgumentException("decimal must be a comma, a point or 0");
        }
        if (unit.signum() == 0) {
            throw new IllegalArgumentException("unit must not be 0");
        }
    }

    /**
     * Reads a format as operators write it in settings.
     *
     * @param dates pattern of times and days; empty for ISO 8601
     * @param zone an IANA time zone; empty for the store's
     * @param decimal {@code ,} or {@code .} when numbers have thousands separators or currency signs; empty for plain numbers
     * @return the format
     * @throws KontorException of kind CONFIGURATION naming what is wrong
     */
    public static ValueFormat of(String dates, String zone, String decimal) {
        return PLAIN.with("format", dates.strip()).with("zone", zone.strip()).with("decimal", decimal.strip());
    }

    /** This format with one hint changed; an empty value changes nothing. */
    ValueFormat with(String hint, String value) {
        if (value.isEmpty()) {
            return this;
        }
        try {
            return switch (hint) {
                case "format" -> new ValueFormat(Optional.of(pattern(value)), zone, decimal, unit);
                case "zone" -> new ValueFormat(dates, Optional.of(ZoneId.of(value)), decimal, unit);
                case "decimal" -> new ValueFormat(dates, zone, value.length() == 1 ? value.charAt(0) : '?', unit);
                case "unit" -> new ValueFormat(dates, zone, decimal, new BigDecimal(value));
                default -> throw new KontorException(KontorException.Kind.CONFIGURATION, "The hint \"" + hint
                        + "\" is not known; there are format, zone, decimal and unit.");
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "The " + hint + " \"" + value + "\" " + fault(hint), e);
        }
    }

    private static String fault(String hint) {
        return switch (hint) {
            case "format" -> "is no pattern of times, such as dd.MM.yyyy HH:mm.";
            case "zone" -> "is no time zone, such as Europe/Berlin.";
            case "decimal" -> "must be a comma or a point.";
            default -> "must be a number other than 0, such as 0.01.";
        };
    }

    private static String pattern(String dates) {
        if (!dates.equals("epoch") && !dates.equals("epochMillis")) {
            DateTimeFormatter.ofPattern(dates);
        }
        return dates;
    }
}
