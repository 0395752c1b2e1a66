package io.kontor.platform.admin.internal.imports;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.Uploads.Field;
import io.kontor.platform.data.Uploads.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to become of the columns of a file, as somebody chose it.
 *
 * @param choices for each column of the file: a canonical name, {@link #ATTRIBUTE}, or empty for leaving it out
 */
record Sorting(List<String> choices) {

    /** The choice that keeps a column as an attribute. */
    static final String ATTRIBUTE = "attr.";

    /** What stands before the name of an attribute. */
    static final String PREFIX = "attr.";

    /** The name of the form field with the choice for a column, before the column's number. */
    static final String FIELD = "column";

    /** Whether a form tells the choices. */
    static boolean given(Visit visit) {
        return visit.has(FIELD + 0);
    }

    /** From a form. */
    static Sorting of(Visit visit, int columns) {
        List<String> choices = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            choices.add(visit.field(FIELD + i));
        }
        return new Sorting(choices);
    }

    /**
     * What is wrong with the choices.
     *
     * @return a key of {@code texts/imports} by the number of the column; required columns that nothing was chosen for are in {@link #missing}
     */
    Map<Integer, String> faults(Layout layout) {
        Map<Integer, String> faults = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < choices.size(); i++) {
            String choice = choices.get(i);
            if (choice.equals(ATTRIBUTE) ? !layout.attributes()
                    : !choice.isEmpty() && layout.columns().stream().noneMatch(field -> field.name().equals(choice))) {
                faults.put(i, "imports.no-such-column");
            } else if (!choice.isEmpty() && !choice.equals(ATTRIBUTE) && !taken.add(choice)) {
                faults.put(i, "imports.chosen-twice");
            }
        }
        return faults;
    }

    /** The required columns that nothing was chosen for. */
    List<String> missing(Layout layout) {
        return layout.columns().stream().filter(Field::required).map(Field::name).filter(name -> !choices.contains(name)).toList();
    }

    /** Canonical column name to the file's own. */
    Map<String, String> mapping(List<String> columns) {
        Map<String, String> mapping = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            if (choices.get(i).equals(ATTRIBUTE)) {
                mapping.put(name.startsWith(PREFIX) && name.length() > PREFIX.length() ? name : PREFIX + name, name);
            } else if (!choices.get(i).isEmpty()) {
                mapping.put(choices.get(i), name);
            }
        }
        return mapping;
    }

    /** The file's own names of the columns that are not taken. */
    Set<String> leftOut(List<String> columns) {
        Set<String> leftOut = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            if (choices.get(i).isEmpty()) {
                leftOut.add(columns.get(i));
            }
        }
        leftOut.removeAll(mapping(columns).values());
        return leftOut;
    }
}
