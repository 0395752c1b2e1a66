package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.source.ValueFormat;
import io.kontor.platform.data.internal.Column.Range;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {

    private static final Column PRICE = Column.number("price", "price", Range.ANY);
    private static final Column TIME = Column.time("time", "time");
    private static final Column DATE = Column.date("date", "date");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static String read(ValueFormat format, Column column, String text) throws RowRefusedException {
        return new ValueReader(format, BERLIN).read(column, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1.234,56|1234.56", "1234,5|1234.5", "12|12", "-0,99|-0.99", "1 234 567,8|1234567.8", "9,99 €|9.99",
        "EUR 9,99|9.99", "-€5|-5"})
    void readsNumbersWithACommaAsPeopleWriteThem(String text, String plain) throws RowRefusedException {
        assertEquals(plain, read(ValueFormat.of("", "", ","), PRICE, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234.56", "12.34", "1.23.456", "1,2,3", "abc", "--1", "1.2345,0", ""})
    void refusesNumbersThatWouldBeGuessed(String text) {
        RowRefusedException refused = assertThrows(RowRefusedException.class, () -> read(ValueFormat.of("", "", ","), PRICE, text));
        assertEquals("price must be a number such as 1.234,56", refused.getMessage());
    }

    @Test
    void multipliesExactly() throws RowRefusedException {
        ValueFormat cents = new ValueFormat(Optional.empty(), Optional.empty(), (char) 0, new BigDecimal("0.01"));
        assertEquals("19.99", read(cents, PRICE, "1999"));
        assertEquals("0.07", read(cents, PRICE, "7"));
        assertThrows(RowRefusedException.class, () -> read(cents, PRICE, "1e99999"));
        assertThrows(RowRefusedException.class, () -> read(cents, PRICE, "1,5"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dd.MM.yyyy HH:mm|31.03.2025 02:30|2025-03-31T00:30:00Z",
        "dd.MM.yyyy|31.12.2024|2024-12-30T23:00:00Z",
        "MM/dd/yyyy hh:mm a|03/31/2025 02:30 pm|2025-03-31T12:30:00Z",
        "yyyy/M/d H:mm|2025/1/5 7:05|2025-01-05T06:05:00Z",
        "yyyy-MM-dd HH:mm:ss xx|2025-03-31 12:00:00 +0800|2025-03-31T04:00:00Z",
        "epoch|1743379200|2025-03-31T00:00:00Z", "epochMillis|1743379200500|2025-03-31T00:00:00.500Z"})
    void readsTimesInTheStoresZone(String pattern, String text, String iso) throws RowRefusedException {
        assertEquals(iso, read(ValueFormat.of(pattern, "", ""), TIME, text));
    }

    @Test
    void readsTimesInAZoneOfTheirOwn() throws RowRefusedException {
        assertEquals("2025-03-31T04:00:00Z", read(ValueFormat.of("", "Asia/Shanghai", ""), TIME, "2025-03-31 12:00"));
        assertEquals("2025-03-31T12:00:00Z", read(ValueFormat.of("", "Asia/Shanghai", ""), TIME, "2025-03-31T12:00:00Z"));
        assertEquals("2025-04-01", read(ValueFormat.of("", "", ""), DATE, "2025-03-31T22:30:00Z"), "the day of the store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31.02.2025 12:00", "2025-03-31T12:00:00Z", "1.3.2025 12:00", "31.03.2025", "99.99.9999 99:99"})
    void refusesTimesOfAnotherFormat(String text) {
        RowRefusedException refused = assertThrows(RowRefusedException.class,
                () -> read(ValueFormat.of("dd.MM.yyyy HH:mm", "", ""), TIME, text));
        assertEquals("time must be a time written as dd.MM.yyyy HH:mm", refused.getMessage());
    }
}
