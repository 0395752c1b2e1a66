package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.internal.Column.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns what was written into a row as the database keeps it: {@code store, id, columns…, [attributes], digest, [seen]}, or says why it
 * cannot. For one thread.
 *
 * <p>For order lines the identity is left without its last part, the how-many-th such line it is: that only the import knows.
 */
final class RowParser {

    private static final long DAY = 86_400_000;
    private static final int LONGEST_IDENTITY = 400;
    private static final Set<String> YES = Set.of("1", "true");
    private static final Set<String> NO = Set.of("0", "false");

    private final Records records;
    private final String store;
    private final ZoneId zone;
    private final Clock clock;
    private final ContentHash hash = new ContentHash();
    private final StringBuilder identity = new StringBuilder();

    /**
     * A parser for one entity of one store.
     *
     * @param records which records
     * @param store the store's id
     * @param zone the time zone of times without an offset
     * @param clock says what is the future
     */
    RowParser(Records records, String store, ZoneId zone, Clock clock) {
        this.records = records;
        this.store = store;
        this.zone = zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
        this.clock = clock;
    }

    /**
     * Understands a row.
     *
     * @param raw as it was written
     * @return the row; its {@code seen} is null
     * @throws RowRefusedException when a value is missing, malformed or out of range
     */
    Object[] parse(RawRow raw) throws RowRefusedException {
        Object[] row = new Object[records.width()];
        row[Records.STORE] = store;
        int first = records.first();
        List<Column> columns = records.columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String value = raw.value(i);
            if (value != null) {
                row[first + i] = value(column, value);
            } else if (column.required()) {
                throw new RowRefusedException(column.name(), column.name() + " is missing");
            }
        }
        checkTogether(row, first);
        if (records.attributes()) {
            row[records.digestIndex() - 1] = Attributes.write(raw.attributes());
        }
        identify(row);
        return row;
    }

    private Object value(Column column, String value) throws RowRefusedException {
        return switch (column.kind()) {
            case ID -> choice(column, Texts.checked(column.name(), value, Texts.ID_LENGTH));
            case TEXT -> Texts.checked(column.name(), value, Texts.TEXT_LENGTH);
            case NUMBER -> number(column, value);
            case FLAG -> flag(column, value);
            case TIME, DATE -> moment(column, value);
        };
    }

    private static String choice(Column column, String value) throws RowRefusedException {
        if (!column.choices().isEmpty() && !column.choices().contains(value)) {
            throw new RowRefusedException(column.name(),
                    column.name() + " must be one of " + String.join(", ", new TreeSet<>(column.choices())));
        }
        return value;
    }

    private static Double number(Column column, String value) throws RowRefusedException {
        double number = Numbers.parse(value.strip());
        if (Double.isNaN(number)) {
            throw new RowRefusedException(column.name(), column.name() + " must be a number");
        }
        if (!column.range().takes(number)) {
            throw new RowRefusedException(column.name(), column.name() + " " + column.range().demand());
        }
        return number;
    }

    private static Short flag(Column column, String value) throws RowRefusedException {
        String text = value.strip();
        if (YES.contains(text)) {
            return 1;
        }
        if (NO.contains(text)) {
            return 0;
        }
        throw new RowRefusedException(column.name(), column.name() + " must be 0, 1, true or false");
    }

    private Long moment(Column column, String value) throws RowRefusedException {
        String text = value.strip();
        long millis = column.kind() == Kind.DATE ? Times.date(text) : Times.moment(text, zone);
        if (millis == Long.MIN_VALUE) {
            throw new RowRefusedException(column.name(), column.name() + (column.kind() == Kind.DATE
                    ? " must be a day such as 2024-03-31" : " must be a time such as 2024-03-31T12:00:00Z"));
        }
        return millis;
    }

    private void checkTogether(Object[] row, int first) throws RowRefusedException {
        if (records.entity() == Entity.EVENTS) {
            checkEvent(row, first);
        } else if (records.entity() == Entity.CUSTOMERS) {
            int consent = first + records.indexOf("consent");
            row[consent] = row[consent] == null ? null : ConsentWords.written(ConsentWords.read("consent", (String) row[consent]));
        } else if (records.entity() == Entity.PRICES) {
            Long from = (Long) row[first + records.indexOf("from")];
            Long to = (Long) row[first + records.indexOf("to")];
            if (to != null && to < from) {
                throw new RowRefusedException("to", "to must not be before from");
            }
        }
    }

    private void checkEvent(Object[] row, int first) throws RowRefusedException {
        String type = (String) row[first + 2];
        if (ConsentWords.told(type)) {
            if (row[first + 3] == null) {
                throw new RowRefusedException("customerId", "customerId is missing, which a " + type + " event needs");
            }
            if (row[first + 7] != null) {
                ConsentWords.read("query", (String) row[first + 7]);
            }
        } else if (!type.equals("search") && row[first + 5] == null) {
            throw new RowRefusedException("productId", "productId is missing, which a " + type + " event needs");
        }
        if (type.equals("rating") && row[first + 6] == null) {
            throw new RowRefusedException("value", "value is missing, which a rating event needs");
        }
        if ((Long) row[first + 1] > clock.millis() + DAY) {
            throw new RowRefusedException("time", "time is more than a day in the future");
        }
    }

    private void identify(Object[] row) {
        int digest = records.digestIndex();
        int first = records.first();
        hash.reset();
        for (int i = first; i < digest; i++) {
            hash.add(row[i]);
        }
        row[digest] = hash.first();
        if (first > Records.ID) {
            row[Records.ID] = composed(row, first);
        } else if (row[Records.ID] == null) {
            row[Records.ID] = "h:" + hash.hex();
        }
    }

    private String composed(Object[] row, int first) {
        identity.setLength(0);
        for (int index : records.key()) {
            Object value = row[first + index];
            Kind kind = records.columns().get(index).kind();
            String part = value == null ? ""
                    : kind == Kind.DATE ? LocalDate.ofEpochDay((Long) value / DAY).toString()
                    : kind == Kind.TIME ? Instant.ofEpochMilli((Long) value).toString()
                    : kind == Kind.NUMBER ? Numbers.text((Double) value)
                    : (String) value;
            Texts.part(identity, part);
        }
        return identity.length() <= LONGEST_IDENTITY ? identity.toString() : "h:" + hash.reset().add(identity.toString()).hex();
    }
}
