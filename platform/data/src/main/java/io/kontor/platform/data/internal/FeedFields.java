package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.source.FieldMapping;
import io.kontor.api.source.ValueFormat;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sorts what a source calls its fields into the columns of an entity, and turns the values. What is neither mapped nor canonical is left
 * out and remembered by name. For one thread.
 */
final class FeedFields {

    private static final int MOST_LEFT_OUT = 200;

    private final Records records;
    private final Map<String, List<Target>> targets = new HashMap<>();
    private final ValueReader unmapped;
    private final FieldMapping mapping;
    private final Set<String> leftOut = new LinkedHashSet<>();

    /** Where a field goes: to a column, or to an attribute. */
    private record Target(Column column, int index, String attribute, ValueReader values) {

        void set(RawRow row, String value) throws RowRefusedException {
            if (attribute != null) {
                row.attribute(attribute, value);
                return;
            }
            row.set(index, value);
            if (value != null && !value.isEmpty()) {
                row.set(index, values.read(column, value));
            }
        }
    }

    /**
     * Made for one feed.
     *
     * @param records which entity
     * @param mapping how theirs become canonical
     * @param zone the store's time zone
     * @throws KontorException of kind CONFIGURATION naming the column, when the mapping names one that the entity does not have
     */
    FeedFields(Records records, FieldMapping mapping, ZoneId zone) {
        this.records = records;
        this.mapping = mapping;
        Map<ValueFormat, ValueReader> readers = new HashMap<>();
        this.unmapped = readers.computeIfAbsent(mapping.format(), format -> new ValueReader(format, zone));
        mapping.fields().forEach((ours, field) -> {
            ValueReader values = readers.computeIfAbsent(field.format(), format -> new ValueReader(format, zone));
            targets.computeIfAbsent(field.theirs(), any -> new ArrayList<>()).add(target(ours, values));
        });
    }

    private Target target(String ours, ValueReader values) {
        int index = records.indexOf(ours);
        if (index >= 0) {
            return new Target(records.columns().get(index), index, null, values);
        }
        if (records.attributes() && Attributes.named(ours)) {
            return new Target(null, -1, ours.substring(Attributes.PREFIX.length()), values);
        }
        throw new KontorException(KontorException.Kind.CONFIGURATION, "The mapping names a column " + ours + ", which "
                + records.entity().path() + " do not have; theirs are " + records.columnNames() + ".");
    }

    /** Where a field goes; empty when it is left out. */
    private List<Target> targets(String theirs) {
        return targets.computeIfAbsent(theirs, name -> {
            boolean canonical = records.indexOf(name) >= 0 || records.attributes() && Attributes.named(name);
            if (canonical && !mapping.fields().containsKey(name)) {
                return List.of(target(name, unmapped));
            }
            if (leftOut.size() < MOST_LEFT_OUT) {
                leftOut.add(name);
            }
            return List.of();
        });
    }

    /**
     * Checks a header.
     *
     * @param header the names of the fields
     * @throws KontorException of kind DATA naming the column, when a name is there twice, a mapped one is not there, or a required column
     *         gets nothing
     */
    void check(List<String> header) {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> filled = new LinkedHashSet<>();
        for (String name : header) {
            List<Target> found = targets(name);
            if (!seen.add(name) && !found.isEmpty()) {
                throw refused("The column " + name + " is there twice.");
            }
            found.stream().filter(target -> target.attribute == null).forEach(target -> filled.add(target.column.name()));
        }
        List<String> missing = records.columns().stream().filter(Column::required).map(Column::name).filter(name -> !filled.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            String known = header.size() == 1 && header.get(0).matches(".*[,;\t|].*")
                    ? " The file has one column only, \"" + cut(header.get(0)) + "\"; is the delimiter right?"
                    : " The file has " + cut(String.join(", ", header)) + ".";
            throw refused("Required columns are missing: " + String.join(", ", missing) + "." + known);
        }
        mapping.fields().forEach((ours, field) -> {
            if (!seen.contains(field.theirs())) {
                throw refused("The mapping takes " + ours + " from a column \"" + field.theirs() + "\", which the file does not have.");
            }
        });
    }

    private static String cut(String text) {
        return Texts.raw(text.length() > 300 ? text.substring(0, 300) + "…" : text);
    }

    private static KontorException refused(String sentence) {
        return new KontorException(KontorException.Kind.DATA, sentence);
    }

    /**
     * Sets one field of a row.
     *
     * @throws RowRefusedException when its value is not written as it should be; the row has it as it came
     */
    void set(RawRow row, String theirs, String value) throws RowRefusedException {
        for (Target target : targets(theirs)) {
            target.set(row, value);
        }
    }

    /**
     * Sets all fields of a row, those behind a bad one too.
     *
     * @throws RowRefusedException for the first bad one
     */
    void fill(RawRow row, Map<String, Object> record) throws RowRefusedException {
        row.clear();
        RowRefusedException first = null;
        for (Map.Entry<String, Object> field : record.entrySet()) {
            Object value = field.getValue();
            try {
                if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
                    set(row, field.getKey(), value == null ? null : value.toString());
                } else if (!targets(field.getKey()).isEmpty()) {
                    throw new RowRefusedException(field.getKey(), field.getKey() + " must be a text, a number, true, false or null");
                }
            } catch (RowRefusedException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** The names of the fields that were left out so far. */
    Set<String> leftOut() {
        return leftOut;
    }
}
