package io.kontor.platform.testkit.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as CSV writes it. Immutable as long as its lists are left alone.
 *
 * @param header names of the columns
 * @param rows as many fields each as the header has
 */
public record CsvTable(List<String> header, List<List<String>> rows) {

    /**
     * Reads well-formed CSV.
     *
     * @param text with a header; commas and quotes after RFC 4180
     * @param mostRows how many rows are read at most
     * @return the table; rows of another width than the header are left out
     */
    public static CsvTable parse(CharSequence text, int mostRows) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length() && rows.size() <= mostRows; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        if (!row.isEmpty() || !field.isEmpty()) {
            row.add(field.toString());
            rows.add(row);
        }
        List<String> header = rows.remove(0);
        rows.removeIf(one -> one.size() != header.size());
        return new CsvTable(header, rows.size() > mostRows ? rows.subList(0, mostRows) : rows);
    }

    /**
     * Writes the table.
     *
     * @param delimiter what stands between fields
     * @return with quotes where they are needed; lines end with LF
     */
    public String csv(char delimiter) {
        StringBuilder csv = new StringBuilder();
        line(csv, header, delimiter);
        rows.forEach(row -> line(csv, row, delimiter));
        return csv.toString();
    }

    private static void line(StringBuilder csv, List<String> fields, char delimiter) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            boolean quotes = field.indexOf(delimiter) >= 0 || field.indexOf('"') >= 0 || field.indexOf('\n') >= 0 || field.indexOf('\r') >= 0;
            csv.append(i == 0 ? "" : String.valueOf(delimiter)).append(quotes ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        csv.append('\n');
    }
}
