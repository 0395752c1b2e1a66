package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataCleaning.Action;
import io.kontor.platform.data.DataCleaning.Fill;
import io.kontor.platform.data.DataCleaning.Rule;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules of a store, turned into SQL for the records as they are at one moment: an expression instead of a column, and a condition for the rows
 * that stay. Quantiles and medians are taken from the rows with the smallest digests, at most {@value #SAMPLE} of them, so that the same records
 * give the same values; a part of the records that ends at a moment has those of the rows before it. Immutable.
 */
final class CleaningRules {

    /** No rules at all. */
    static final CleaningRules NONE = new CleaningRules(Map.of());

    private static final int SAMPLE = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Rule>> RULES = new TypeReference<>() { };

    private final Map<Entity, List<Applied>> applied;

    private CleaningRules(Map<Entity, List<Applied>> applied) {
        this.applied = applied;
    }

    /**
     * A rule with its numbers.
     *
     * @param rule the rule
     * @param column what it is about
     * @param low smallest good value; null for none
     * @param high largest good value; null for none
     * @param fill SQL of what is filled in; null for none
     * @param shown the same for people
     */
    record Applied(Rule rule, Column column, Double low, Double high, String fill, String shown) {

        /** Whether the numbers come from the records. */
        boolean learned() {
            return learned(rule);
        }

        static boolean learned(Rule rule) {
            return rule.lowQuantile() != null || rule.highQuantile() != null || rule.fill() == Fill.MEDIAN;
        }

        /** Rows that the rule leaves out or changes. */
        String touches() {
            String sql = column.sql();
            return switch (rule.action()) {
                case KEEP -> "1 = 0";
                case FILL -> sql + " is null";
                case CAP, DROP -> low == null && high == null ? sql + " is null"
                        : low == null ? sql + " > " + number(high)
                        : high == null ? sql + " < " + number(low)
                        : "(" + sql + " < " + number(low) + " or " + sql + " > " + number(high) + ")";
            };
        }

        /** What stands for the column. */
        String expression() {
            String sql = column.sql();
            if (rule.action() == Action.CAP) {
                return "case" + (low == null ? "" : " when " + sql + " < " + number(low) + " then " + number(low))
                        + (high == null ? "" : " when " + sql + " > " + number(high) + " then " + number(high)) + " else " + sql + " end";
            }
            return rule.action() == Action.FILL && fill != null ? "coalesce(" + sql + ", " + fill + ")" : sql;
        }

        private static String number(double value) {
            return "cast(" + new BigDecimal(value).toPlainString() + " as double precision)";
        }
    }

    static String write(List<Rule> rules) {
        try {
            return JSON.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Rule> read(Connection connection, String store, Entity entity) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select rules from data_cleaning where store = ? and entity = ?")) {
            select.setString(1, store);
            select.setString(2, entity.path());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? JSON.readValue(row.getString(1), RULES) : List.of();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rules of a store with their numbers. */
    static CleaningRules open(Connection connection, String store) throws SQLException {
        Map<Entity, List<Applied>> all = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            List<Rule> rules = read(connection, store, entity);
            if (!rules.isEmpty()) {
                all.put(entity, apply(connection, store, entity, rules, null));
            }
        }
        return all.isEmpty() ? NONE : new CleaningRules(all);
    }

    /** The same rules with numbers from the rows before a moment alone: who learns from the earlier part must not know of the later one. */
    CleaningRules before(Connection connection, String store, long until) throws SQLException {
        Map<Entity, List<Applied>> all = new EnumMap<>(Entity.class);
        for (Map.Entry<Entity, List<Applied>> entry : applied.entrySet()) {
            boolean known = Records.of(entry.getKey()).clock() < 0 || entry.getValue().stream().noneMatch(Applied::learned);
            all.put(entry.getKey(), known ? entry.getValue()
                    : apply(connection, store, entry.getKey(), entry.getValue().stream().map(Applied::rule).toList(), until));
        }
        return all.isEmpty() ? NONE : new CleaningRules(all);
    }

    static List<Applied> apply(Connection connection, String store, Entity entity, List<Rule> rules, Long until) throws SQLException {
        Records records = Records.of(entity);
        List<Applied> all = new ArrayList<>();
        for (Rule rule : rules) {
            Column column = records.columns().get(records.indexOf(rule.column()));
            double[] sample = Applied.learned(rule) ? sample(connection, store, records, column, until) : new double[0];
            String median = sample.length == 0 ? null : Applied.number(Robust.quantile(sample, 0.5));
            boolean number = column.kind() == Column.Kind.NUMBER;
            String fill = rule.fill() == Fill.MEDIAN ? median : rule.fill() != Fill.CONSTANT ? null
                    : number ? Applied.number(Double.parseDouble(rule.value())) : "'" + rule.value().replace("'", "''") + "'";
            String shown = rule.fill() == Fill.CONSTANT ? rule.value() : median == null || rule.fill() == null ? null
                    : Double.toString(Robust.quantile(sample, 0.5));
            all.add(new Applied(rule, column, bound(rule.low(), rule.lowQuantile(), sample), bound(rule.high(), rule.highQuantile(), sample),
                    fill, shown));
        }
        return List.copyOf(all);
    }

    private static Double bound(Double fixed, Double quantile, double[] sample) {
        return quantile == null || sample.length == 0 ? fixed : Double.valueOf(Robust.quantile(sample, quantile));
    }

    /** Sorted values of a column, of the rows before a moment if one is given. */
    private static double[] sample(Connection connection, String store, Records records, Column column, Long until) throws SQLException {
        double[] values = new double[SAMPLE];
        int size = 0;
        try (PreparedStatement select = connection.prepareStatement("select " + column.sql() + " from " + records.table()
                + " where store = ? and " + column.sql() + " is not null"
                + (until == null ? "" : " and " + records.columns().get(records.clock()).sql() + " < ?") + " order by digest limit " + SAMPLE)) {
            select.setString(1, store);
            if (until != null) {
                select.setLong(2, until);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    values[size++] = row.getDouble(1);
                }
            }
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Refuses rules that make no sense. */
    static void check(Entity entity, List<Rule> rules) {
        Records records = Records.of(entity);
        Set<String> columns = new HashSet<>();
        for (Rule rule : rules) {
            HeldRows.check(entity, Set.of(rule.column()));
            int index = records.indexOf(rule.column());
            String fault = index < 0 ? "attributes cannot be cleaned" : fault(records, index, rule);
            if (!columns.add(rule.column())) {
                fault = "a column has one rule";
            }
            if (fault != null) {
                throw new KontorException(KontorException.Kind.DATA, "The rule for the column " + rule.column() + " cannot be: " + fault + ".");
            }
        }
    }

    private static String fault(Records records, int index, Rule rule) {
        Column column = records.columns().get(index);
        boolean bounds = rule.low() != null || rule.high() != null || rule.lowQuantile() != null || rule.highQuantile() != null;
        boolean number = column.kind() == Column.Kind.NUMBER;
        if (records.key().contains(index) && !number && rule.action() != Action.DROP && rule.action() != Action.KEEP) {
            return "the column tells rows apart; such rows can only be dropped";
        }
        if (bounds && !number) {
            return "only numbers have bounds";
        }
        for (Double share : new Double[] {rule.lowQuantile(), rule.highQuantile()}) {
            if (share != null && !(share >= 0 && share <= 1)) {
                return "quantiles are from 0 to 1";
            }
        }
        for (Double bound : new Double[] {rule.low(), rule.high()}) {
            if (bound != null && !Double.isFinite(bound)) {
                return "bounds are finite numbers";
            }
        }
        if (rule.low() != null && rule.high() != null && rule.low() > rule.high()
                || rule.lowQuantile() != null && rule.highQuantile() != null && rule.lowQuantile() > rule.highQuantile()) {
            return "the lower bound is above the upper one";
        }
        return switch (rule.action()) {
            case KEEP, DROP -> null;
            case CAP -> bounds ? null : "a cap needs a bound";
            case FILL -> column.required() ? "the column is never missing" : rule.fill() == null ? "it does not say what to fill in"
                    : rule.fill() == Fill.CONSTANT && (rule.value() == null || number && Double.isNaN(Numbers.parse(rule.value()))
                    || !number && !column.kind().text()) ? "the constant is not a value of the column"
                    : rule.fill() == Fill.LAST && (records.clock() < 0 || !number) ? "only numbers of records with a time have a last value"
                    : rule.fill() == Fill.MEDIAN && !number ? "only numbers have a median" : null;
        };
    }

    /** Columns as they are read: cleaned. */
    List<Column> columns(Entity entity, List<Column> columns) {
        List<Applied> rules = applied.getOrDefault(entity, List.of());
        return rules.isEmpty() ? columns : columns.stream().map(column -> new Column(column.name(), expression(entity, column.sql()),
                column.kind(), column.required(), column.range(), column.choices())).toList();
    }

    /** What stands for a column of the table. */
    String expression(Entity entity, String sql) {
        return applied.getOrDefault(entity, List.of()).stream().filter(rule -> rule.column.sql().equals(sql)).findFirst()
                .map(Applied::expression).orElse(sql);
    }

    /** A condition for the rows that stay, together with another one; empty when all do. */
    String condition(Entity entity, String other) {
        StringBuilder condition = new StringBuilder(other);
        for (Applied rule : applied.getOrDefault(entity, List.of())) {
            if (rule.rule.action() == Action.DROP) {
                // A value that is missing is not outside of bounds.
                condition.append(condition.length() == 0 ? "" : " and ").append("(case when ").append(rule.touches())
                        .append(" then 1 else 0 end) = 0");
            }
        }
        return condition.toString();
    }

    /** Columns that are filled with the value that came last. */
    List<Column> filledWithLast(Entity entity) {
        return applied.getOrDefault(entity, List.of()).stream().filter(rule -> rule.rule.fill() == Fill.LAST).map(Applied::column).toList();
    }

    /** Adds what is done to an entity to its fingerprint; nothing where nothing is done. */
    void addTo(ContentHash hash, Entity entity) {
        for (Applied rule : applied.getOrDefault(entity, List.of())) {
            if (rule.rule.action() != Action.KEEP) {
                hash.add(rule.column.name()).add(rule.rule.action().name()).add((Object) rule.low).add((Object) rule.high)
                        .add((Object) rule.fill).add(String.valueOf(rule.rule.fill()));
            }
        }
    }
}
