package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads records from CSV with a header. */
final class CsvRecords implements RecordReader {

    private static final int UNUSED = -1;

    private final Csv csv;
    private final int[] columns;
    private final String[] attributes;

    /**
     * Opens a file and reads its header.
     *
     * @param in the bytes; closed with this
     * @param records what the rows are
     * @param mapping canonical column name to the file's own
     * @param leftOut the file's own names of columns that are not taken
     * @throws KontorException of kind DATA naming the column, when the header cannot be accepted
     */
    CsvRecords(InputStream in, Records records, Map<String, String> mapping, Set<String> leftOut) throws IOException {
        csv = new Csv(in);
        if (!csv.next()) {
            throw refused("The file is empty; its first line must name the columns: " + records.columnNames() + ".");
        }
        if (csv.defect() != null) {
            throw refused("The header in line " + csv.line() + " cannot be read: " + csv.defect() + ".");
        }
        List<String> header = csv.fields().stream().map(String::strip).toList();
        columns = new int[header.size()];
        attributes = new String[header.size()];
        Arrays.fill(columns, UNUSED);
        assign(header, records, mapping, leftOut);
    }

    private void assign(List<String> header, Records records, Map<String, String> mapping, Set<String> leftOut) {
        Map<String, String> canonical = new HashMap<>();
        mapping.forEach((ours, theirs) -> {
            if (!header.contains(theirs)) {
                throw refused("The mapping takes " + ours + " from a column \"" + theirs + "\", which the file does not have.");
            }
            if (canonical.put(theirs, ours) != null) {
                throw refused("The mapping takes two columns from \"" + theirs + "\".");
            }
        });
        List<String> unknown = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < columns.length; i++) {
            if (leftOut.contains(header.get(i))) {
                continue;
            }
            String name = canonical.getOrDefault(header.get(i), header.get(i));
            columns[i] = records.indexOf(name);
            if (columns[i] == UNUSED && records.attributes() && Attributes.named(name)) {
                attributes[i] = name.substring(Attributes.PREFIX.length());
            } else if (columns[i] == UNUSED) {
                unknown.add(header.get(i));
            }
            if (!taken.add(name)) {
                throw refused("The column " + name + " is there twice.");
            }
        }
        if (!unknown.isEmpty()) {
            throw refused("Unknown columns: " + String.join(", ", unknown) + ". The columns of " + records.entity().path() + " are "
                    + records.columnNames() + "; others can be mapped.");
        }
        List<String> missing = records.columns().stream().filter(Column::required).map(Column::name).filter(n -> !taken.contains(n)).toList();
        if (!missing.isEmpty()) {
            throw refused("Required columns are missing: " + String.join(", ", missing) + ".");
        }
    }

    private static KontorException refused(String sentence) {
        return new KontorException(KontorException.Kind.DATA, sentence);
    }

    @Override
    public boolean next() throws IOException {
        return csv.next();
    }

    @Override
    public long line() {
        return csv.line();
    }

    @Override
    public String raw() {
        return csv.raw();
    }

    @Override
    public void read(RawRow row) throws RowRefusedException {
        row.clear();
        List<String> fields = csv.row(columns.length);
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] != UNUSED) {
                row.set(columns[i], fields.get(i));
            } else if (attributes[i] != null) {
                row.attribute(attributes[i], fields.get(i));
            }
        }
    }

    @Override
    public long bytesRead() {
        return csv.bytesRead();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
