package io.kontor.platform.admin.internal.records;

import io.kontor.platform.admin.internal.shell.Visit;
import java.util.Map;

/**
 * Something that looks wrong with the records though every single row is right.
 *
 * @param entity which records, in words
 * @param text what it is
 * @param share how much of them it concerns, 0 to 1
 */
public record Finding(String entity, String text, double share) {

    /** From {@link io.kontor.platform.data.DataAccess#quality}. */
    static Finding of(Visit visit, Map<String, Object> found) {
        String entity = String.valueOf(found.get("entity"));
        String key = "records.check." + (found.get("check").equals("quarantine") ? "quarantine" : entity + "." + found.get("check"));
        long rows = ((Number) found.get("rows")).longValue();
        String known = visit.textOr(key, "");
        return new Finding(visit.textOr("records.entity." + entity, entity), known.isEmpty() ? String.valueOf(found.get("text"))
                : visit.text(key, rows),
                ((Number) found.get("share")).doubleValue());
    }
}
