package io.kontor.platform.admin.internal.imports;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.Uploads.Field;
import io.kontor.platform.data.Uploads.Layout;
import io.kontor.platform.data.Uploads.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns of a file beside those of an entity.
 *
 * @param upload the file
 * @param entity which records it has
 * @param layout how these are written
 * @param columns the file's columns and what becomes of them
 * @param missing required columns that nothing is chosen for
 * @param tried whether the choices were sent, so that what is missing is a mistake
 * @param fault what is wrong with them as a whole; empty when nothing is
 */
public record ColumnsView(Upload upload, Entity entity, Layout layout, List<FileColumn> columns, List<String> missing, boolean tried,
        String fault) {

    private static final int SAMPLES = 3;

    /**
     * A column of a file.
     *
     * @param number its place, from 0
     * @param name as in the file
     * @param samples its first values
     * @param choice what becomes of it
     * @param fault a key of what is wrong with that; null when nothing is
     */
    public record FileColumn(int number, String name, List<String> samples, String choice, String fault) {
    }

    static ColumnsView of(Upload upload, Entity entity, Layout layout, Sorting sorting) {
        return new ColumnsView(upload, entity, layout, columns(upload, sorting.choices(), Map.of()), sorting.missing(layout), false, "");
    }

    private static List<FileColumn> columns(Upload upload, List<String> choices, Map<Integer, String> faults) {
        List<FileColumn> columns = new ArrayList<>();
        for (int i = 0; i < upload.columns().size(); i++) {
            int place = i;
            List<String> samples = upload.rows().stream().map(row -> row.get(place)).filter(text -> !text.isBlank()).distinct().limit(SAMPLES)
                    .toList();
            columns.add(new FileColumn(i, upload.columns().get(i), samples, choices.get(i), faults.get(i)));
        }
        return columns;
    }

    /** The same with what is wrong. */
    ColumnsView with(Map<Integer, String> faults, List<String> lacking, String whole) {
        return new ColumnsView(upload, entity, layout, columns(upload, columns.stream().map(FileColumn::choice).toList(), faults), lacking, true,
                whole);
    }

    /** The names of the entity's columns, those that are required first. */
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(layout.columns().stream().filter(Field::required).toList());
        layout.columns().stream().filter(field -> !field.required()).forEach(fields::add);
        return fields;
    }
}
