package io.kontor.source.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns the rows of a result into records. A column {@code order_id} is known as {@code orderId} unless a mapping names it. */
final class Row {

    private static final Set<Integer> BINARY = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);
    private static final Set<Integer> NUMBERS = Set.of(Types.BIGINT, Types.DECIMAL, Types.DOUBLE, Types.FLOAT, Types.INTEGER, Types.NUMERIC,
            Types.REAL, Types.SMALLINT, Types.TINYINT);

    private final String[] names;
    private final int[] types;
    private final int clock;

    /**
     * Looks at the columns of a result.
     *
     * @param columns the columns
     * @param mapped the names that the mapping uses
     * @param increment the column that tells old from new; empty when there is none
     */
    Row(ResultSetMetaData columns, Set<String> mapped, String increment) throws SQLException {
        names = new String[columns.getColumnCount()];
        types = new int[names.length];
        int found = -1;
        for (int i = 0; i < names.length; i++) {
            String label = columns.getColumnLabel(i + 1);
            names[i] = mapped.stream().filter(label::equalsIgnoreCase).findFirst().orElseGet(() -> camel(label));
            types[i] = columns.getColumnType(i + 1);
            if (label.equalsIgnoreCase(increment)) {
                found = i;
            }
        }
        clock = found;
    }

    private static String camel(String label) {
        boolean plain = label.equals(label.toLowerCase(Locale.ROOT)) || label.equals(label.toUpperCase(Locale.ROOT));
        String[] words = plain ? label.toLowerCase(Locale.ROOT).split("_") : new String[] {label};
        StringBuilder name = new StringBuilder();
        for (String word : words) {
            name.append(name.length() == 0 || word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** The record of the present row: texts, numbers, booleans; bytes are left out. */
    Map<String, Object> record(ResultSet row) throws SQLException {
        Map<String, Object> record = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (!BINARY.contains(types[i])) {
                record.put(names[i], value(row, i));
            }
        }
        return record;
    }

    private Object value(ResultSet row, int index) throws SQLException {
        int column = index + 1;
        return switch (types[index]) {
            case Types.BIT, Types.BOOLEAN -> row.getObject(column) == null ? null : row.getBoolean(column);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE, Types.DATE -> text(moment(row, index));
            default -> {
                if (NUMBERS.contains(types[index])) {
                    BigDecimal number = decimal(row, column);
                    yield number == null ? row.getString(column) : number.toPlainString();
                }
                yield row.getString(column);
            }
        };
    }

    /** The number; null when there is none, or one that is none, such as NaN. */
    private static BigDecimal decimal(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private Object moment(ResultSet row, int index) throws SQLException {
        int column = index + 1;
        if (types[index] == Types.DATE) {
            return row.getObject(column, LocalDate.class);
        }
        if (types[index] == Types.TIMESTAMP_WITH_TIMEZONE || row.getMetaData().getColumnTypeName(column).equalsIgnoreCase("timestamptz")) {
            return row.getObject(column, OffsetDateTime.class);
        }
        return row.getObject(column, LocalDateTime.class);
    }

    /** Whether the result has the column that tells old from new. */
    boolean hasClock() {
        return clock >= 0;
    }

    /** The value of the column that tells old from new; null when the row has none. */
    Watermark clock(ResultSet row) throws SQLException {
        Object value = switch (types[clock]) {
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE, Types.DATE -> moment(row, clock);
            default -> NUMBERS.contains(types[clock]) ? decimal(row, clock + 1) : row.getString(clock + 1);
        };
        return value == null ? null : new Watermark(value);
    }
}
