package io.kontor.platform.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the records that a history writes. */
final class Rows {

    private Rows() {
    }

    static String text(History history, String entity) {
        StringBuilder csv = new StringBuilder();
        history.write(entity, csv);
        return csv.toString();
    }

    /** The rows by column; a row with another number of cells than the heading is an error. */
    static List<Map<String, String>> of(History history, String entity) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> heading = null;
        for (String line : text(history, entity).split("\n")) {
            List<String> cells = cells(line);
            if (heading == null) {
                heading = cells;
                continue;
            }
            if (cells.size() != heading.size()) {
                throw new AssertionError(entity + " has a row of " + cells.size() + " cells: " + line);
            }
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(heading.get(i), cells.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
