package io.kontor.source.jdbc;

import io.kontor.api.KontorException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/**
 * A value of the column by which rows are told old from new: a number, a time, a day or a text. Immutable.
 *
 * @param value BigDecimal, OffsetDateTime, LocalDateTime, LocalDate or String
 */
record Watermark(Object value) {

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws KontorException of kind DATA when it is something else
     */
    static Watermark parse(String text) {
        String rest = text.substring(Math.min(2, text.length()));
        try {
            return switch (text.substring(0, Math.min(2, text.length()))) {
                case "n:" -> new Watermark(new BigDecimal(rest));
                case "o:" -> new Watermark(OffsetDateTime.parse(rest));
                case "t:" -> new Watermark(LocalDateTime.parse(rest));
                case "d:" -> new Watermark(LocalDate.parse(rest));
                case "s:" -> new Watermark(rest);
                default -> throw new DateTimeException("none");
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new KontorException(KontorException.Kind.DATA, "The watermark \"" + text + "\" cannot be read; read all again.", e);
        }
    }

    /** As it is kept. */
    String text() {
        String kind = value instanceof BigDecimal ? "n:" : value instanceof OffsetDateTime ? "o:" : value instanceof LocalDateTime ? "t:"
                : value instanceof LocalDate ? "d:" : "s:";
        return kind + (value instanceof BigDecimal number ? number.toPlainString() : value.toString());
    }

    /** The value from which a new run reads: a bit earlier, for rows that were written late. Of texts it is the same. */
    Object minus(int overlap) {
        return value instanceof BigDecimal number ? number.subtract(BigDecimal.valueOf(overlap))
                : value instanceof OffsetDateTime moment ? moment.minus(Duration.ofSeconds(overlap))
                : value instanceof LocalDateTime time ? time.minus(Duration.ofSeconds(overlap))
                : value instanceof LocalDate day ? day.minusDays((overlap + 86_399L) / 86_400) : value;
    }
}
