package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.data.DataQuality.Finding;
import io.kontor.platform.data.DataQuality.Severity;
import io.kontor.platform.data.internal.QualityChecks.Check;
import io.kontor.platform.data.internal.QualityChecks.Measure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks through a store's records once: what rows lack or contradict in one statement an entity, what numbers stand out by bounds learnt from a
 * sample of at most {@value #SAMPLE} rows, what days lack or jump from sums by hour. So memory does not grow with the rows, but for what the
 * database needs to group them. For one thread.
 */
final class Inspection {

    /** Most rows that bounds are learnt from. */
    static final int SAMPLE = 20_000;

    private static final int EXAMPLES = 5;
    private static final int FEWEST_UNUSUAL = 200;
    /** Scores of 0.5 and less are normal, "very close to 1" definitely anomalies (Liu, Ting and Zhou 2008). */
    private static final double UNUSUAL = 0.8;
    /** Numbers that hardly differ say nothing about what goes together. */
    private static final double HARDLY = 0.02;
    private static final double MANY = 0.1;
    private static final double SECOND_POPULATION = 0.02;
    private static final long SEED = 20_080_001;

    private final Connection connection;
    private final Store store;
    private final Clock clock;
    private final List<Finding> found = new ArrayList<>();

    Inspection(Connection connection, Store store, Clock clock) {
        this.connection = connection;
        this.store = store;
        this.clock = clock;
    }

    /** Rows of a sample with their measures. */
    private record Sample(String[] ids, double[][] values) {
    }

    /**
     * Looks.
     *
     * @param extents how much there is
     * @param context may break off between two entities
     * @return the severest first, then the largest share
     */
    List<Finding> run(List<Extent> extents, JobContext context) throws SQLException {
        int done = 0;
        for (Extent extent : extents) {
            context.checkCancelled();
            if (extent.rows() > 0) {
                Records records = Records.of(extent.entity());
                conditions(records, extent.rows());
                duplicates(records, extent.rows());
                numbers(records, extent.rows());
                if (QualityChecks.worth(extent.entity()) != null) {
                    days(records, extent);
                }
            }
            if (extent.quarantined() > 0) {
                add(extent.entity(), "quarantine", null, extent.quarantined(), extent.rows() + extent.quarantined(), Severity.WARNING,
                        "rows were put aside; see the quarantine", Map.of(), List.of());
            }
            context.progress((double) ++done / extents.size(), extent.entity().path());
        }
        found.sort(Comparator.comparing(Finding::severity).reversed().thenComparing(Comparator.comparingDouble(Finding::share).reversed()));
        return List.copyOf(found);
    }

    private void conditions(Records records, long rows) throws SQLException {
        List<Check> checks = QualityChecks.conditions(records);
        String counts = checks.stream().map(check -> "sum(case when " + condition(check) + " then 1 else 0 end)")
                .collect(Collectors.joining(", "));
        long[] bad = new long[checks.size()];
        try (PreparedStatement select = connection.prepareStatement("select " + counts + from(records))) {
            select.setString(1, store.id());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                for (int i = 0; i < bad.length; i++) {
                    bad[i] = row.getLong(i + 1);
                }
            }
        }
        for (int i = 0; i < bad.length; i++) {
            Check check = checks.get(i);
            // What no row has the store does not keep.
            boolean unused = check.name().equals("missing") && bad[i] == rows && check.severity() == Severity.INFO;
            if (bad[i] > 0 && !unused) {
                add(records.entity(), check.name(), check.column(), bad[i], rows, check.severity(), check.text(), Map.of(),
                        examples(records, condition(check)));
            }
        }
    }

    private String condition(Check check) {
        return check.condition().replace(QualityChecks.TOMORROW, Long.toString(clock.millis() + Duration.ofDays(1).toMillis()));
    }

    private static String from(Records records) {
        return " from " + records.table() + " rows_of where store = ?";
    }

    /** The first rows that meet a condition, with the columns that it is about and a few more that tell which row it is. */
    private List<Map<String, Object>> examples(Records records, String condition) throws SQLException {
        Set<String> words = new HashSet<>(Arrays.asList(condition.split("\\W+")));
        List<Column> shown = records.columns().stream().filter(column -> !column.sql().equals("id") && (words.contains(column.sql())
                || column.name().equals("productId") || column == clockOf(records))).toList();
        List<Map<String, Object>> examples = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select id" + shown.stream().map(column -> ", " + column.sql())
                .collect(Collectors.joining()) + from(records) + " and (" + condition + ") limit " + EXAMPLES)) {
            select.setString(1, store.id());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> example = new LinkedHashMap<>();
                    example.put("id", row.getString(1));
                    for (int i = 0; i < shown.size(); i++) {
                        example.put(shown.get(i).name(), value(row, i + 2, shown.get(i)));
                    }
                    examples.add(example);
                }
            }
        }
        return examples;
    }

    private static Column clockOf(Records records) {
        return records.clock() < 0 ? null : records.columns().get(records.clock());
    }

    private static Object value(ResultSet row, int at, Column column) throws SQLException {
        Object value = row.getObject(at);
        return value == null || !column.kind().moment() ? value
                : column.kind() == Column.Kind.DATE ? Instant.ofEpochMilli(row.getLong(at)).toString().substring(0, 10)
                : Instant.ofEpochMilli(row.getLong(at)).toString();
    }

    private void duplicates(Records records, long rows) throws SQLException {
        String same = QualityChecks.same(records.entity());
        if (same == null) {
            return;
        }
        String groups = "select min(id) as first_id, max(id) as last_id, count(*) as copies" + from(records)
                + (records.entity() == Entity.PRODUCTS ? " and title is not null" : "") + " group by " + same + " having count(*) > 1";
        long more = 0;
        try (PreparedStatement select = connection.prepareStatement("select sum(copies - 1) from (" + groups + ") groups_of")) {
            select.setString(1, store.id());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                more = row.getLong(1);
            }
        }
        if (more == 0) {
            return;
        }
        List<Map<String, Object>> examples = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(groups + " order by copies desc, first_id limit " + EXAMPLES)) {
            select.setString(1, store.id());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> example = new LinkedHashMap<>();
                    example.put("id", row.getString(1));
                    example.put("sameAs", row.getString(2));
                    example.put("copies", row.getLong(3));
                    examples.add(example);
                }
            }
        }
        add(records.entity(), "duplicates", null, more, rows, Severity.WARNING, "rows repeat another one but for their identity", Map.of(),
                examples);
    }

    private void numbers(Records records, long rows) throws SQLException {
        List<Measure> measures = QualityChecks.measures(records.entity());
        if (measures.isEmpty()) {
            return;
        }
        Sample sample = sample(records, measures, rows);
        List<OutlierBounds> bounds = new ArrayList<>();
        for (int i = 0; i < measures.size(); i++) {
            double[] values = Arrays.stream(sample.values[i]).filter(Double::isFinite).toArray();
            Optional<OutlierBounds> learnt = OutlierBounds.of(values, rows);
            bounds.add(learnt.orElse(null));
            if (learnt.isPresent()) {
                outliers(records, measures.get(i), learnt.get(), rows);
            }
        }
        if (measures.size() > 1) {
            unusual(records, measures, sample, bounds);
        }
    }

    /** Rows whose digests, which are spread evenly, lie in the first part of their range: the same ones whatever the order of arrival. */
    private Sample sample(Records records, List<Measure> measures, long rows) throws SQLException {
        double part = Math.min(1, (double) SAMPLE / rows);
        long end = part == 1 ? Long.MAX_VALUE : Long.MIN_VALUE + (long) (part * Long.MAX_VALUE) * 2;
        List<String> ids = new ArrayList<>();
        double[][] values = new double[measures.size()][2 * SAMPLE];
        try (PreparedStatement select = connection.prepareStatement("select id, " + measures.stream().map(Measure::sql)
                .collect(Collectors.joining(", ")) + from(records) + " and digest <= ? order by digest, id limit " + 2 * SAMPLE)) {
            select.setString(1, store.id());
            select.setLong(2, end);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    for (int i = 0; i < values.length; i++) {
                        double value = row.getDouble(i + 2);
                        values[i][ids.size()] = row.wasNull() ? Double.NaN : value;
                    }
                    ids.add(row.getString(1));
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Arrays.copyOf(values[i], ids.size());
        }
        return new Sample(ids.toArray(String[]::new), values);
    }

    private void outliers(Records records, Measure measure, OutlierBounds bounds, long rows) throws SQLException {
        String outside = "where v < ? or v > ?";
        String values = "(select id, " + measure.sql() + " as v" + from(records) + ") measured ";
        long count;
        try (PreparedStatement select = connection.prepareStatement("select count(*) from " + values + outside)) {
            bind(select, bounds);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                count = row.getLong(1);
            }
        }
        if (count == 0) {
            return;
        }
        List<Map<String, Object>> examples = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select id, v from " + values + outside
                + " order by case when v > ? then v / ? else ? / nullif(v, 0) end desc nulls first, id limit " + EXAMPLES)) {
            bind(select, bounds);
            select.setDouble(4, bounds.high());
            select.setDouble(5, bounds.median());
            select.setDouble(6, bounds.median());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> example = new LinkedHashMap<>();
                    example.put("id", row.getString(1));
                    example.put(measure.column(), row.getDouble(2));
                    examples.add(example);
                }
            }
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("low", bounds.low());
        detail.put("high", bounds.high());
        detail.put("median", bounds.median());
        detail.put("logarithm", bounds.logarithm());
        // So many rows are no slips but another kind of goods.
        Severity severity = count > SECOND_POPULATION * rows ? Severity.INFO : Severity.WARNING;
        add(records.entity(), "outliers", measure.column(), count, rows, severity, String.format(Locale.ROOT,
                "rows have a %s outside of %.4g to %.4g", measure.column(), bounds.low(), bounds.high()), detail, examples);
    }

    private void bind(PreparedStatement select, OutlierBounds bounds) throws SQLException {
        select.setString(1, store.id());
        select.setDouble(2, bounds.low());
        select.setDouble(3, bounds.high());
    }

    /** Rows that are within the bounds of every column but unusual in how the columns go together. */
    private void unusual(Records records, List<Measure> measures, Sample sample, List<OutlierBounds> bounds) {
        int[] rows = new int[sample.ids.length];
        int size = 0;
        for (int row = 0; row < rows.length; row++) {
            boolean whole = true;
            for (int i = 0; i < measures.size(); i++) {
                double value = sample.values[i][row];
                whole &= Double.isFinite(value) && (bounds.get(i) == null || !bounds.get(i).outside(value));
            }
            if (whole) {
                rows[size++] = row;
            }
        }
        if (size < FEWEST_UNUSUAL) {
            return;
        }
        double[][] columns = new double[measures.size()][size];
        int kept = 0;
        for (int i = 0; i < measures.size(); i++) {
            boolean logarithm = bounds.get(i) != null && bounds.get(i).logarithm();
            for (int row = 0; row < size; row++) {
                double value = sample.values[i][rows[row]];
                columns[kept][row] = logarithm ? Math.log(value) : value;
            }
            double centre = Robust.median(columns[kept]);
            kept += Robust.sigma(columns[kept], centre) > HARDLY * (logarithm ? 1 : Math.abs(centre)) ? 1 : 0;
        }
        if (kept < 2) {
            return;
        }
        columns = IsolationForest.withDifferences(Arrays.copyOf(columns, kept));
        IsolationForest forest = new IsolationForest(columns, SEED);
        List<Map<String, Object>> unusual = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            double score = forest.score(columns, row);
            if (score >= UNUSUAL) {
                Map<String, Object> example = new LinkedHashMap<>();
                example.put("id", sample.ids[rows[row]]);
                for (int i = 0; i < measures.size(); i++) {
                    example.put(measures.get(i).column(), sample.values[i][rows[row]]);
                }
                example.put("score", Math.round(score * 1_000) / 1_000.0);
                unusual.add(example);
            }
        }
        if (!unusual.isEmpty()) {
            unusual.sort(Comparator.comparing((Map<String, Object> example) -> (Double) example.get("score")).reversed());
            add(records.entity(), "unusual", null, unusual.size(), size, Severity.INFO, "rows of a sample have numbers that do not go together",
                    Map.of("sample", size, "columns", measures.stream().map(Measure::column).toList()),
                    List.copyOf(unusual.subList(0, Math.min(EXAMPLES, unusual.size()))));
        }
    }

    private void days(Records records, Extent extent) throws SQLException {
        DailySeries series = DailySeries.read(connection, store.id(), records, QualityChecks.worth(records.entity()), extent.to(),
                store.timeZone());
        if (series.days() == 0) {
            return;
        }
        List<DayGaps.Gap> gaps = DayGaps.find(series);
        if (!gaps.isEmpty()) {
            long missing = gaps.stream().mapToLong(gap -> gap.to() - gap.from()).sum();
            add(records.entity(), "gaps", null, missing, series.days(), Severity.WARNING, "days have no rows although the days around them have",
                    Map.of(), gaps.stream().sorted(Comparator.comparingInt((DayGaps.Gap gap) -> gap.from() - gap.to())).limit(EXAMPLES)
                    .map(gap -> Inspection.example("from", series.first().plusDays(gap.from()).toString(), "to",
                            series.first().plusDays(gap.to() - 1).toString(), "days", gap.to() - gap.from(), "expectedRows",
                            (double) Math.round(gap.expected()))).toList());
        }
        double[] means = new double[series.days()];
        Arrays.setAll(means, day -> series.counts()[day] == 0 ? Double.NaN : series.sums()[day] / series.counts()[day]);
        levels(records.entity(), "level", series, series.counts());
        levels(records.entity(), "mean-level", series, means);
    }

    private void levels(Entity entity, String check, DailySeries series, double[] values) {
        List<LevelChanges.Change> changes = LevelChanges.find(values, series.weekday(0));
        if (!changes.isEmpty()) {
            add(entity, check, null, changes.size(), series.days(), Severity.WARNING, check.equals("level")
                    ? "days begin with another number of rows a day" : "days begin with another mean value of a row",
                    Map.of(), changes.stream().map(change -> example("day", series.first().plusDays(change.day()).toString(), "before",
                            change.before(), "after", change.after())).toList());
        }
    }

    private static Map<String, Object> example(Object... pairs) {
        Map<String, Object> example = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            example.put((String) pairs[i], pairs[i + 1]);
        }
        return example;
    }

    private void add(Entity entity, String check, String column, long rows, long of, Severity severity, String text,
            Map<String, Object> detail, List<Map<String, Object>> examples) {
        double share = (double) rows / of;
        String percent = share < 0.001 ? "less than 0.1" : String.format(Locale.ROOT, "%.1f", share * 100);
        Severity weighed = severity == Severity.WARNING && share >= MANY && !check.equals("quarantine") ? Severity.ERROR : severity;
        found.add(new Finding(entity, check, column, rows, share, weighed, rows + " of " + of + " (" + percent + " %) " + text + ".", detail,
                examples));
    }
}
