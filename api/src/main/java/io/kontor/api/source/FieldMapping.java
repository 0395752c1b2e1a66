package io.kontor.api.source;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a source's own fields become the columns of an entity. A field that has the canonical name needs no mapping; a field that is neither
 * mapped nor canonical is left out. Immutable.
 *
 * @param fields canonical column name, {@code attr.NAME} included, to the source's field
 * @param format how fields are written that say nothing else
 */
public record FieldMapping(Map<String, Field> fields, ValueFormat format) {

    /** Nothing renamed, nothing reformatted. */
    public static final FieldMapping NONE = new FieldMapping(Map.of(), ValueFormat.PLAIN);

    /** Keeps the order of the fields. */
    public FieldMapping {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        Objects.requireNonNull(format, "format");
    }

    /**
     * A field of the source.
     *
     * @param theirs its name there
     * @param format how it is written
     */
    public record Field(String theirs, ValueFormat format) {

        /** Checks that nothing is null. */
        public Field {
            Objects.requireNonNull(theirs, "theirs");
            Objects.requireNonNull(format, "format");
        }
    }

    /**
     * Reads mappings as operators write them in a setting, one field a line: {@code orders.time:Bestellt am}, with hints behind semicolons
     * where the field is written in a way of its own: {@code orders.time:Bestellt am;format=dd.MM.yyyy HH:mm;zone=Europe/Berlin},
     * {@code orders.unitPrice:price_cents;unit=0.01}, {@code products.price:Preis;decimal=,}. Blank lines are passed over.
     *
     * @param lines the lines
     * @param format how fields are written that say nothing else
     * @return a mapping for every entity
     * @throws KontorException of kind CONFIGURATION naming the line at fault
     */
    public static Map<Entity, FieldMapping> parse(String[] lines, ValueFormat format) {
        Map<Entity, Map<String, Field>> fields = new EnumMap<>(Entity.class);
        for (String line : lines) {
            if (!line.isBlank()) {
                int dot = line.indexOf('.');
                int colon = line.indexOf(':');
                Entity entity = Entity.of(line.substring(0, Math.max(dot, 0)).strip())
                        .orElseThrow(() -> refused(line, "must begin with an entity and a point, such as orders.time"));
                if (colon < dot || colon == line.length() - 1) {
                    throw refused(line, "must look like orders.time:theirs");
                }
                String[] parts = line.substring(colon + 1).split(";");
                Field field = new Field(parts[0].strip(), format(line, parts, format));
                if (field.theirs.isEmpty() || fields.computeIfAbsent(entity, any -> new LinkedHashMap<>())
                        .put(line.substring(dot + 1, colon).strip(), field) != null) {
                    throw refused(line, "must name a field, and each canonical column once");
                }
            }
        }
        Map<Entity, FieldMapping> mappings = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            mappings.put(entity, new FieldMapping(fields.getOrDefault(entity, Map.of()), format));
        }
        return mappings;
    }

    private static ValueFormat format(String line, String[] parts, ValueFormat byDefault) {
        ValueFormat format = byDefault;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw refused(line, "must have hints such as format=dd.MM.yyyy behind the semicolon");
            }
            format = format.with(parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1).strip());
        }
        return format;
    }

    private static KontorException refused(String line, String what) {
        return new KontorException(KontorException.Kind.CONFIGURATION, "The mapping \"" + line.strip() + "\" " + what + ".");
    }
}
