package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog.Entry;
import io.kontor.platform.decisions.DecisionLog.Feedback;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables {@code decision} and {@code feedback}. */
final class DecisionTable {

    private static final int LONGEST = 1_000_000;
    private static final int LONGEST_FALLBACK = 2_000;
    private static final int REMOVED_TOGETHER = 10_000;
    private static final int ADDED_TOGETHER = 32;
    /** How long one transaction adds to the table, at most: what it adds is still to be committed while others who write wait. */
    private static final Duration ADDS_FOR = Duration.ofMillis(30);
    private static final List<String> COLUMNS = List.of("request_id", "store", "decided_at", "family", "subject", "customer", "plugin",
            "plugin_version", "model", "fallback", "question", "answer", "personal");
    private static final String SELECT = "select " + String.join(", ", COLUMNS) + " from decision where store = ?";

    /** The rows about a person, who has a pseudonym in all but rows from before there were any. */
    private static final List<String> PERSONS = List.of("(customer = ? or customer = ?)", "(subject = ? or subject = ?) and personal");

    private final Database database;
    private final LoggedNames names;
    private final List<LogObserver> observers;

    DecisionTable(Database database, LoggedNames names, LogObserver... observers) {
        this.database = database;
        this.names = names;
        this.observers = List.of(observers);
    }

    /**
     * An entry as the table takes it.
     *
     * @param entry without its answer
     * @param customer as the log calls the customer
     * @param question packed
     * @param answer packed
     */
    record Row(Entry entry, String customer, byte[] question, byte[] answer) {
    }

    /** Makes a row of an entry. */
    Row row(Entry entry) {
        return new Row(new Entry(entry.requestId(), entry.store(), entry.time(), entry.family(), entry.subject(), entry.customer(),
                entry.servedBy(), entry.fallback(), entry.question(), null), names.logged(entry.store(), entry.customer()),
                packed(entry, entry.question()), packed(entry, entry.answer()));
    }

    /** Adds the first of some rows, as many as can be added without holding up others who write for long; gives how many. */
    int add(List<Row> rows) {
        return database.write(connection -> {
            int added = insert(connection, rows, database::writersWait);
            List<Entry> entries = rows.subList(0, added).stream().map(Row::entry).toList();
            for (LogObserver observer : observers) {
                observer.written(connection, entries);
            }
            return added;
        });
    }

    private static int insert(Connection connection, List<Row> rows, BooleanSupplier awaited) throws SQLException {
        long end = System.nanoTime() + ADDS_FOR.toNanos();
        try (PreparedStatement insert = connection.prepareStatement("insert into decision (" + String.join(", ", COLUMNS)
                + ") values (?" + ", ?".repeat(COLUMNS.size() - 1) + ")")) {
            int added = 0;
            do {
                int together = Math.min(ADDED_TOGETHER, rows.size() - added);
                for (Row row : rows.subList(added, added + together)) {
                    set(insert, row);
                    insert.addBatch();
                }
                insert.executeBatch();
                added += together;
            } while (added < rows.size() && System.nanoTime() - end < 0 && !awaited.getAsBoolean());
            return added;
        }
    }

    private static void set(PreparedStatement insert, Row row) throws SQLException {
        Entry entry = row.entry;
        boolean personal = !entry.customer().isEmpty() && entry.customer().equals(entry.subject());
        insert.setString(1, entry.requestId());
        insert.setString(2, entry.store());
        insert.setTimestamp(3, Timestamp.from(entry.time()));
        insert.setString(4, entry.family());
        insert.setString(5, personal ? row.customer : entry.subject());
        insert.setString(6, entry.customer().isEmpty() || personal ? null : row.customer);
        insert.setString(7, entry.servedBy().plugin());
        insert.setString(8, entry.servedBy().version());
        insert.setString(9, entry.servedBy().model().orElse(null));
        insert.setString(10, entry.fallback().map(text -> clean(text, LONGEST_FALLBACK)).orElse(null));
        insert.setBytes(11, row.question);
        insert.setBytes(12, row.answer);
        insert.setBoolean(13, personal);
    }

    /** An entry that the table refused would hold up all that follow. */
    private byte[] packed(Entry entry, Object value) {
        byte[] packed = PackedJson.pack(value, names.hiding(entry.store(), entry.customer()));
        return packed.length <= LONGEST ? packed : PackedJson.pack(Map.of("tooLong", packed.length), UnaryOperator.identity());
    }

    private static String clean(String text, int longest) {
        String kept = text.replace('\0', '?');
        return kept.length() <= longest ? kept : kept.substring(0, longest - 1) + "…";
    }

    List<Entry> list(String store, String family, String subject, Instant from, Instant to, String after, int limit) {
        StringBuilder sql = new StringBuilder(SELECT);
        List<Object> values = new ArrayList<>(List.of(store));
        restrict(sql, values, " and family = ?", family);
        if (subject != null) {
            sql.append(" and subject in (?, ?)");
            values.addAll(List.of(subject, names.logged(store, subject)));
        }
        restrict(sql, values, " and decided_at >= ?", from == null ? null : Timestamp.from(from));
        restrict(sql, values, " and decided_at < ?", to == null ? null : Timestamp.from(to));
        return database.jdbc(connection -> {
            if (after != null) {
                Optional<Entry> last = find(connection, store, after);
                if (last.isEmpty()) {
                    return List.of();
                }
                sql.append(" and (decided_at < ? or decided_at = ? and request_id < ?)");
                values.add(Timestamp.from(last.get().time()));
                values.add(Timestamp.from(last.get().time()));
                values.add(after);
            }
            sql.append(" order by store desc, decided_at desc, request_id desc limit ?");
            values.add(limit);
            try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
                for (int i = 0; i < values.size(); i++) {
                    select.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = select.executeQuery()) {
                    List<Entry> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(entry(rows));
                    }
                    return found;
                }
            }
        });
    }

    private static void restrict(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    Optional<Entry> find(String store, String requestId) {
        return database.jdbc(connection -> find(connection, store, requestId));
    }

    private Optional<Entry> find(Connection connection, String store, String requestId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " and request_id = ?")) {
            select.setString(1, store);
            select.setString(2, requestId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(entry(row)) : Optional.empty();
            }
        }
    }

    private Entry entry(ResultSet row) throws SQLException {
        String store = row.getString(2);
        boolean personal = row.getBoolean(13);
        String logged = personal ? row.getString(5) : row.getString(6) == null ? "" : row.getString(6);
        String customer = names.customer(store, logged);
        UnaryOperator<String> texts = names.showing(store, logged);
        Answer.ServedBy by = new Answer.ServedBy(row.getString(7), row.getString(8), Optional.ofNullable(row.getString(9)));
        return new Entry(row.getString(1), store, row.getTimestamp(3).toInstant(), row.getString(4), personal ? customer : row.getString(5),
                customer, by, Optional.ofNullable(row.getString(10)), PackedJson.unpackObject(row.getBytes(11), texts),
                PackedJson.unpack(row.getBytes(12), texts));
    }

    Map<String, String> latest(String store, String family, Collection<String> subjects) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select d.subject, d.request_id from unnest(cast(? as varchar array)) as k(id) "
                    + "left join decision d on d.store = ? and d.subject = k.id and d.family = ? order by d.decided_at, d.request_id")) {
                select.setArray(1, connection.createArrayOf("varchar", subjects.stream().distinct().toArray()));
                select.setString(2, store);
                select.setString(3, family);
                try (ResultSet rows = select.executeQuery()) {
                    Map<String, String> latest = new HashMap<>();
                    while (rows.next()) {
                        if (rows.getString(1) != null) {
                            latest.put(rows.getString(1), rows.getString(2));
                        }
                    }
                    return latest;
                }
            }
        });
    }

    boolean[] addFeedback(String store, List<Feedback> feedback) {
        List<String> wanted = feedback.stream().map(Feedback::requestId).distinct().toList();
        return database.jdbc(connection -> {
            Set<String> known = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select d.request_id from unnest(cast(? as varchar array)) as k(id) "
                    + "left join decision d on d.store = ? and d.request_id = k.id")) {
                select.setArray(1, connection.createArrayOf("varchar", wanted.toArray()));
                select.setString(2, store);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        known.add(rows.getString(1));
                    }
                }
            }
            boolean[] kept = new boolean[feedback.size()];
            try (PreparedStatement insert = connection.prepareStatement("insert into feedback (request_id, product, type, happened_at, store) "
                    + "values (?, ?, ?, ?, ?) on conflict do nothing")) {
                for (int i = 0; i < kept.length; i++) {
                    Feedback one = feedback.get(i);
                    kept[i] = known.contains(one.requestId());
                    if (kept[i]) {
                        insert.setString(1, one.requestId());
                        insert.setString(2, one.product());
                        insert.setString(3, one.type());
                        insert.setTimestamp(4, Timestamp.from(one.time()));
                        insert.setString(5, store);
                        insert.addBatch();
                    }
                }
                insert.executeBatch();
            }
            for (LogObserver observer : observers) {
                observer.became(connection, store, IntStream.range(0, kept.length).filter(i -> kept[i]).mapToObj(feedback::get).toList());
            }
            return kept;
        });
    }

    List<Feedback> feedbackOn(String store, String requestId) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select request_id, product, type, happened_at from feedback "
                    + "where store = ? and request_id = ? order by happened_at, type, product")) {
                select.setString(1, store);
                select.setString(2, requestId);
                try (ResultSet rows = select.executeQuery()) {
                    List<Feedback> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(feedback(rows));
                    }
                    return found;
                }
            }
        });
    }

    private static Feedback feedback(ResultSet row) throws SQLException {
        return new Feedback(row.getString(1), row.getString(2), row.getString(3), row.getTimestamp(4).toInstant());
    }

    /** Removes some of what is older, but for some stores, with its feedback; false when there is no more. */
    boolean removeSome(Instant before, Collection<String> except) {
        String others = except.isEmpty() ? "" : " and store not in (?" + ", ?".repeat(except.size() - 1) + ")";
        return remove("decided_at < ?" + others, Stream.concat(Stream.of(Timestamp.from(before)), except.stream()).toArray())
                == REMOVED_TOGETHER;
    }

    /** Removes some of what is older in a store, with its feedback; gives how many. */
    int removeSome(String store, Instant before) {
        return remove("store = ? and decided_at < ?", store, Timestamp.from(before));
    }

    /** Removes some of what a store has, with its feedback; false when there is no more. */
    boolean removeSome(String store) {
        return remove("store = ?", store) == REMOVED_TOGETHER;
    }

    private int remove(String condition, Object... values) {
        return database.jdbc(connection -> {
            int removed = execute(connection, "delete from decision where request_id in (select request_id from decision where " + condition
                    + " limit " + REMOVED_TOGETHER + ")", values);
            if (removed > 0) {
                execute(connection, "delete from feedback where not exists "
                        + "(select 1 from decision where decision.request_id = feedback.request_id)");
            }
            return removed;
        });
    }

    /** All decisions about a person with what became of them, the oldest first. */
    List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        String logged = names.logged(store, customer);
        Map<String, Map<String, Object>> byRequest = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select * from (" + SELECT + " and " + PERSONS.get(0) + " union all "
                + SELECT + " and " + PERSONS.get(1) + ") as theirs order by decided_at, request_id")) {
            bind(select, store, customer, logged, store, customer, logged);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Entry entry = entry(rows);
                    byRequest.put(entry.requestId(), exported(entry));
                }
            }
        }
        for (String theirs : PERSONS) {
            try (PreparedStatement select = connection.prepareStatement("select f.request_id, f.product, f.type, f.happened_at "
                    + "from decision d join feedback f on f.request_id = d.request_id where d.store = ? and " + theirs
                    + " order by f.happened_at, f.type, f.product")) {
                bind(select, store, customer, logged);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        addFeedback(byRequest.get(rows.getString(1)), feedback(rows));
                    }
                }
            }
        }
        return List.copyOf(byRequest.values());
    }

    private static Map<String, Object> exported(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("requestId", entry.requestId());
        fields.put("time", entry.time().toString());
        fields.put("family", entry.family());
        fields.put("subject", entry.subject());
        fields.put("plugin", entry.servedBy().plugin());
        fields.put("version", entry.servedBy().version());
        entry.servedBy().model().ifPresent(model -> fields.put("model", model));
        entry.fallback().ifPresent(reason -> fields.put("fallback", reason));
        fields.put("question", entry.question());
        fields.put("answer", entry.answer());
        return fields;
    }

    @SuppressWarnings("unchecked")
    private static void addFeedback(Map<String, Object> decision, Feedback feedback) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", feedback.type());
        fields.put("time", feedback.time().toString());
        if (!feedback.product().isEmpty()) {
            fields.put("product", feedback.product());
        }
        ((List<Object>) decision.computeIfAbsent("feedback", key -> new ArrayList<>())).add(fields);
    }

    int erase(Connection connection, String store, String customer) throws SQLException {
        String logged = names.logged(store, customer);
        int erased = 0;
        for (String theirs : PERSONS) {
            execute(connection, "delete from feedback where request_id in (select request_id from decision where store = ? and " + theirs + ")",
                    store, customer, logged);
            erased += execute(connection, "delete from decision where store = ? and " + theirs, store, customer, logged);
        }
        return erased;
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
