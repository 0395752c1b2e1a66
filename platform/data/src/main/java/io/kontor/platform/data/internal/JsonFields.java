package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Sorts the fields of JSON objects into the columns of an entity. Immutable; safe for several threads. */
final class JsonFields {

    private final Records records;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, String> attributes = new HashMap<>();
    private final Set<String> leftOut;

    /**
     * Made for one entity.
     *
     * @param records what the rows are
     * @param mapping canonical column name to the file's own
     * @param leftOut the file's own names of what is not taken
     * @throws KontorException of kind DATA naming the column, when the mapping cannot be accepted
     */
    JsonFields(Records records, Map<String, String> mapping, Set<String> leftOut) {
        this.records = records;
        this.leftOut = Set.copyOf(leftOut);
        for (int i = 0; i < records.columns().size(); i++) {
            columns.put(records.columns().get(i).name(), i);
        }
        mapping.forEach((ours, theirs) -> {
            if (records.attributes() && Attributes.named(ours)) {
                attributes.put(theirs, ours.substring(Attributes.PREFIX.length()));
            } else if (records.indexOf(ours) >= 0) {
                columns.put(theirs, records.indexOf(ours));
            } else {
                throw new KontorException(KontorException.Kind.DATA, "The mapping names a column " + ours + ", which "
                        + records.entity().path() + " do not have; theirs are " + records.columnNames() + ".");
            }
        });
    }

    /**
     * Sets all fields of a record.
     *
     * @param row to be filled
     * @param record JSON values by name
     * @throws RowRefusedException when there is no such field or a value is an object or a list
     */
    void fill(RawRow row, Map<String, Object> record) throws RowRefusedException {
        row.clear();
        for (Map.Entry<String, Object> field : record.entrySet()) {
            Object value = field.getValue();
            if (value != null && !(value instanceof String) && !(value instanceof Number) && !(value instanceof Boolean)) {
                throw new RowRefusedException(field.getKey(), field.getKey() + " must be a text, a number, true, false or null");
            }
            set(row, field.getKey(), value == null ? null : value.toString());
        }
    }

    /**
     * Sets one field.
     *
     * @param row to be filled
     * @param name the field's name
     * @param value its text; null when it is missing
     * @throws RowRefusedException when there is no such field
     */
    void set(RawRow row, String name, String value) throws RowRefusedException {
        if (leftOut.contains(name)) {
            return;
        }
        Integer column = columns.get(name);
        if (column != null) {
            row.set(column, value);
        } else if (attributes.containsKey(name)) {
            row.attribute(attributes.get(name), value);
        } else if (records.attributes() && Attributes.named(name)) {
            row.attribute(name.substring(Attributes.PREFIX.length()), value);
        } else {
            String shown = Texts.raw(name.length() > 60 ? name.substring(0, 60) : name);
            throw new RowRefusedException(shown, "there is no field " + shown);
        }
    }
}
