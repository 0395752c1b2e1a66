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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
    private static final String SELECT = "select d." + String.join(", d.", COLUMNS);
    private static final String NAMED = " from unnest(cast(? as varchar array)) as k(id) ";

    /** Rows about subjects or customers, which are looked for in each part. */
    private static final String ABOUT = NAMED + "cross join decision_part p left join decision d on d.part = p.part and d.%s = k.id "
            + "where d.store = ?";
    /** Parts that may have entries of a family. */
    static final String MAY_HAVE = "p.family in ('', ?)";
    private static final String BY_ID = NAMED + "left join decision d on d.request_id = k.id where d.store = ?";

    /** With more subjects it is faster to go through all that a part has than to look for each. */
    private static final int MANY = 1_000;

    /** When a part has so many entries the next one begins. */
    private static final int FULL = 16_000;

    private final Database database;
    private final LoggedNames names;
    private final List<LogObserver> observers;

    /** What entries of each family are added to. */
    private final Map<String, Part> parts = new HashMap<>();

    /** Where entries are added, and how many there are. */
    private static final class Part {

        private final int number;
        private int entries;

        Part(int number) {
            this.number = number;
        }
    }

    /** An entry of a subject, of which the one that comes last counts. */
    private record Seen(Instant time, String requestId) {

        private static final Comparator<Seen> ORDER = Comparator.comparing(Seen::time).thenComparing(Seen::requestId);
    }

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
        String customer = names.logged(entry.store(), entry.customer());
        UnaryOperator<String> texts = LoggedNames.hiding(entry.customer(), customer);
        return new Row(new Entry(entry.requestId(), entry.store(), entry.time(), entry.family(), entry.subject(), entry.customer(),
                entry.servedBy(), entry.fallback(), entry.question(), null), customer, packed(entry.question(), texts),
                packed(entry.answer(), texts));
    }

    /**
     * Adds the first of some rows, as many as can be added without holding up others who write for long; gives how many. For one thread at a
     * time.
     */
    int add(List<Row> rows) {
        Map<String, List<Row>> families = rows.stream().collect(Collectors.groupingBy(row -> row.entry.family()));
        List<Row> added = database.write(connection -> {
            for (Map.Entry<String, List<Row>> family : families.entrySet()) {
                parts.put(family.getKey(), extended(connection, family.getKey(), family.getValue()));
            }
            List<Row> inserted = rows.subList(0, insert(connection, rows, database::writersWait));
            List<Entry> entries = inserted.stream().map(Row::entry).toList();
            for (LogObserver observer : observers) {
                observer.written(connection, entries);
            }
            return inserted;
        });
        added.forEach(row -> parts.get(row.entry.family()).entries++);
        return added.size();
    }

    /** The family's part, or a new one when it is full or gone, with the times of what will be added. */
    private Part extended(Connection connection, String family, List<Row> rows) throws SQLException {
        Timestamp first = Timestamp.from(rows.stream().map(row -> row.entry.time()).min(Comparator.naturalOrder()).orElseThrow());
        Timestamp last = Timestamp.from(rows.stream().map(row -> row.entry.time()).max(Comparator.naturalOrder()).orElseThrow());
        Part part = parts.get(family);
        if (part != null && part.entries < FULL && execute(connection, "update decision_part set first_at = least(first_at, ?), "
                + "last_at = greatest(last_at, ?) where part = ?", first, last, part.number) > 0) {
            return part;
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into decision_part (family, first_at, last_at) values (?, ?, ?)",
                new String[] {"part"})) {
            bind(insert, family, first, last);
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
                return new Part(key.getInt(1));
            }
        }
    }

    private int insert(Connection connection, List<Row> rows, BooleanSupplier awaited) throws SQLException {
        long end = System.nanoTime() + ADDS_FOR.toNanos();
        try (PreparedStatement insert = connection.prepareStatement("insert into decision (" + String.join(", ", COLUMNS)
                + ", part) values (?" + ", ?".repeat(COLUMNS.size()) + ")")) {
            int added = 0;
            do {
                int together = Math.min(ADDED_TOGETHER, rows.size() - added);
                for (Row row : rows.subList(added, added + together)) {
                    set(insert, row, parts.get(row.entry.family()).number);
                    insert.addBatch();
                }
                insert.executeBatch();
                added += together;
            } while (added < rows.size() && System.nanoTime() - end < 0 && !awaited.getAsBoolean());
            return added;
        }
    }

    private static void set(PreparedStatement insert, Row row, int part) throws SQLException {
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
        insert.setInt(14, part);
    }

    /** An entry that the table refused would hold up all that follow. */
    private static byte[] packed(Object value, UnaryOperator<String> texts) {
        byte[] packed = PackedJson.pack(value, texts);
        return packed.length <= LONGEST ? packed : PackedJson.pack(Map.of("tooLong", packed.length), UnaryOperator.identity());
    }

    private static String clean(String text, int longest) {
        String kept = text.replace('\0', '?');
        return kept.length() <= longest ? kept : kept.substring(0, longest - 1) + "…";
    }

    List<Entry> list(String store, String family, String subject, Instant from, Instant to, String after, int limit) {
        StringBuilder sql = new StringBuilder(SELECT).append(subject == null ? " from decision d where d.store = ?" : about("subject"));
        List<Object> values = new ArrayList<>();
        if (subject != null) {
            values.add(new String[] {subject, names.logged(store, subject)});
        }
        values.add(store);
        if (subject != null) {
            restrict(sql, values, " and " + MAY_HAVE, family);
        }
        restrict(sql, values, " and d.family = ?", family);
        restrict(sql, values, " and d.decided_at >= ?", from == null ? null : Timestamp.from(from));
        restrict(sql, values, " and d.decided_at < ?", to == null ? null : Timestamp.from(to));
        return database.jdbc(connection -> {
            if (after != null) {
                Optional<Entry> last = find(connection, store, after);
                if (last.isEmpty()) {
                    return List.of();
                }
                sql.append(" and (d.decided_at < ? or d.decided_at = ? and d.request_id < ?)");
                values.add(Timestamp.from(last.get().time()));
                values.add(Timestamp.from(last.get().time()));
                values.add(after);
            }
            sql.append(" order by d.store desc, d.decided_at desc, d.request_id desc limit ?");
            values.add(limit);
            return entries(connection, sql.toString(), values.toArray());
        });
    }

    private List<Entry> entries(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, values);
            try (ResultSet rows = select.executeQuery()) {
                List<Entry> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(entry(rows));
                }
                return found;
            }
        }
    }

    private static String about(String column) {
        return String.format(ABOUT, column);
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
        return entries(connection, SELECT + " from decision d where d.store = ? and d.request_id = ?", store, requestId).stream().findFirst();
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

    /** Looks through the parts from the latest on, in each for those subjects of which it may have something later than what was found. */
    Map<String, String> latest(String store, String family, Collection<String> subjects) {
        return database.jdbc(connection -> {
            Map<String, Seen> found = new HashMap<>();
            Set<String> wanted = new HashSet<>(subjects);
            try (PreparedStatement select = connection.prepareStatement("select p.part, p.last_at from decision_part p where " + MAY_HAVE
                    + " order by p.last_at desc")) {
                bind(select, family);
                try (ResultSet part = select.executeQuery()) {
                    while (!wanted.isEmpty() && part.next()) {
                        Instant last = part.getTimestamp(2).toInstant();
                        wanted.removeIf(subject -> found.containsKey(subject) && found.get(subject).time.isAfter(last));
                        see(connection, part.getInt(1), store, family, inPart(connection, part.getInt(1), wanted), found);
                    }
                }
            }
            return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, seen -> seen.getValue().requestId));
        });
    }

    /** Those of some subjects that a part may have. */
    private static Set<String> inPart(Connection connection, int part, Set<String> subjects) throws SQLException {
        if (subjects.size() < MANY) {
            return subjects;
        }
        Set<String> there = new HashSet<>(texts(connection, "select d.subject from decision d where d.part = ?", part));
        there.retainAll(subjects);
        return there;
    }

    private static void see(Connection connection, int part, String store, String family, Set<String> subjects, Map<String, Seen> found)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select d.subject, d.decided_at, d.request_id" + NAMED
                + "left join decision d on d.part = ? and d.subject = k.id where d.store = ? and d.family = ?")) {
            bind(select, subjects.toArray(String[]::new), part, store, family);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.merge(rows.getString(1), new Seen(rows.getTimestamp(2).toInstant(), rows.getString(3)),
                            BinaryOperator.maxBy(Seen.ORDER));
                }
            }
        }
    }

    boolean[] addFeedback(String store, List<Feedback> feedback) {
        String[] wanted = feedback.stream().map(Feedback::requestId).distinct().toArray(String[]::new);
        return database.jdbc(connection -> {
            Set<String> known = new HashSet<>(texts(connection, "select d.request_id" + BY_ID, wanted, store));
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

    private static List<String> texts(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, values);
            try (ResultSet rows = select.executeQuery()) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            }
        }
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
        int removed = remove("decided_at < ?" + others, Stream.concat(Stream.of(Timestamp.from(before)), except.stream()).toArray());
        removeParts(before, removed);
        return removed == REMOVED_TOGETHER;
    }

    /** After the last entries are removed: removes parts that are empty, and to which nothing is added any more as they are old. */
    private void removeParts(Instant before, int removed) {
        if (removed == REMOVED_TOGETHER) {
            return;
        }
        database.jdbc(connection -> execute(connection, "delete from decision_part where last_at < ? "
                + "and not exists (select 1 from decision where decision.part = decision_part.part)", Timestamp.from(before)));
    }

    /** Removes some of what is older in a store, with its feedback; gives how many. */
    int removeSome(String store, Instant before) {
        int removed = remove("store = ? and decided_at < ?", store, Timestamp.from(before));
        removeParts(before, removed);
        return removed;
    }

    /** Removes some of what a store has, with its feedback; false when there is no more. */
    boolean removeSome(String store) {
        return remove("store = ?", store) == REMOVED_TOGETHER;
    }

    private int remove(String condition, Object... values) {
        return database.jdbc(connection -> delete(connection, texts(connection, "select request_id from decision where " + condition
                + " limit " + REMOVED_TOGETHER, values)));
    }

    /** Deletes decisions with their feedback, one by one: by a list of them H2 would look through that list for each. */
    private static int delete(Connection connection, List<String> requestIds) throws SQLException {
        int deleted = 0;
        for (String table : List.of("feedback", "decision")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where request_id = ?")) {
                for (String id : requestIds) {
                    delete.setString(1, id);
                    delete.addBatch();
                }
                deleted = IntStream.of(delete.executeBatch()).sum();
            }
        }
        return deleted;
    }

    /** All decisions about a person with what became of them, the oldest first. */
    List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        String[] theirs = about(connection, store, customer).toArray(String[]::new);
        Map<String, Map<String, Object>> byRequest = new LinkedHashMap<>();
        for (Entry entry : entries(connection, SELECT + BY_ID + " order by d.decided_at, d.request_id", theirs, store)) {
            byRequest.put(entry.requestId(), exported(entry));
        }
        try (PreparedStatement select = connection.prepareStatement("select f.request_id, f.product, f.type, f.happened_at" + NAMED
                + "left join feedback f on f.request_id = k.id where f.store = ? order by f.happened_at, f.type, f.product")) {
            bind(select, theirs, store);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    addFeedback(byRequest.get(rows.getString(1)), feedback(rows));
                }
            }
        }
        return List.copyOf(byRequest.values());
    }

    /** Names of the decisions about a person, who has a pseudonym in all but rows from before there were any. */
    private List<String> about(Connection connection, String store, String customer) throws SQLException {
        String[] called = {customer, names.logged(store, customer)};
        List<String> found = texts(connection, "select d.request_id" + about("customer"), called, store);
        found.addAll(texts(connection, "select d.request_id" + about("subject") + " and d.personal", called, store));
        return found;
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
        return delete(connection, about(connection, store, customer));
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof String[] texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("varchar", texts));
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
    }
}
