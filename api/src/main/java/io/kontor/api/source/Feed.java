package io.kontor.api.source;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One kind of records that a source reads. Immutable.
 *
 * @param entity which records
 * @param from where they come from, shown to the operator: a file pattern, a table, an address without secrets
 * @param mapping how theirs become canonical records
 */
public record Feed(Entity entity, String from, FieldMapping mapping) {

    /** Checks that nothing is null. */
    public Feed {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(mapping, "mapping");
    }

    /**
     * Reads what operators write for each entity in a setting, one entity a line: {@code orders=orders-*.csv}. Blank lines are passed over.
     *
     * @param lines the lines
     * @param setting name of the setting, for messages
     * @return what stands behind the equals sign, by entity, in the order of the lines
     * @throws KontorException of kind CONFIGURATION naming the line at fault
     */
    public static Map<Entity, String> parse(String[] lines, String setting) {
        Map<Entity, String> feeds = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            Entity entity = Entity.of(line.substring(0, Math.max(equals, 0)).strip()).orElse(null);
            String value = line.substring(equals + 1).strip();
            if (!line.isBlank() && (entity == null || value.isEmpty() || feeds.put(entity, value) != null)) {
                throw new KontorException(KontorException.Kind.CONFIGURATION, "The line \"" + line.strip() + "\" of " + setting
                        + " must look like orders=..., each entity once.");
            }
        }
        return feeds;
    }
}
