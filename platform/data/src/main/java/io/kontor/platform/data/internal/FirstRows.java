package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kontor.api.KontorException;
import io.kontor.platform.data.Imports.Format;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * What the beginning of a file tells: how it is written, its columns and its first rows.
 *
 * @param format how it is written
 * @param gzip whether it is compressed
 * @param columns their names
 * @param rows the first, each with a text for every column
 */
record FirstRows(Format format, boolean gzip, List<String> columns, List<List<String>> rows) {

    private static final int ROWS = 20;
    private static final int MOST_COLUMNS = 500;
    private static final int LONGEST_TEXT = 120;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int START = 1 << 12;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /**
     * Looks at a file.
     *
     * @param in the bytes; closed by the caller; can go back to their beginning
     * @throws KontorException of kind DATA when it is no file of records
     */
    static FirstRows of(BufferedInputStream in) throws IOException {
        byte[] start = start(in);
        boolean gzip = start.length > 1 && start[0] == 0x1f && start[1] == (byte) 0x8b;
        if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
            throw refused("This is a workbook or an archive. Save the sheet as CSV (UTF-8) and send that.");
        }
        BufferedInputStream plain = gzip ? new BufferedInputStream(new GZIPInputStream(in)) : in;
        String text = new String(gzip ? start(plain) : start, StandardCharsets.UTF_8);
        String trimmed = (text.startsWith(String.valueOf(BYTE_ORDER_MARK)) ? text.substring(1) : text).stripLeading();
        if (trimmed.isEmpty()) {
            throw refused("The file is empty.");
        } else if (trimmed.indexOf('\0') >= 0) {
            throw refused("This is not a text file. CSV and lines of JSON objects are taken, in UTF-8, also compressed with gzip.");
        } else if (trimmed.startsWith("[")) {
            throw refused("The file is one JSON array. Write each object in a line of its own, without the brackets around them.");
        }
        return trimmed.startsWith("{") ? json(plain, gzip) : csv(plain, gzip);
    }

    private static byte[] start(InputStream in) throws IOException {
        in.mark(START);
        byte[] start = in.readNBytes(START);
        in.reset();
        return start;
    }

    private static FirstRows csv(InputStream in, boolean gzip) throws IOException {
        Csv csv = new Csv(in);
        csv.next();
        if (csv.defect() != null) {
            throw refused("The header in line " + csv.line() + " cannot be read: " + csv.defect() + ".");
        }
        List<String> columns = csv.fields().stream().map(String::strip).toList();
        if (columns.size() > MOST_COLUMNS) {
            throw refused("The file has " + columns.size() + " columns; at most " + MOST_COLUMNS + " are taken.");
        } else if (columns.size() == 1 && (columns.get(0).contains(";") || columns.get(0).contains("\t"))) {
            throw refused("The columns of the file are divided by semicolons or tabs. Save it as CSV with commas.");
        }
        List<List<String>> rows = new ArrayList<>();
        while (rows.size() < ROWS && csv.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                row.add(csv.defect() == null && i < csv.fields().size() ? cut(csv.fields().get(i)) : "");
            }
            rows.add(row);
        }
        return new FirstRows(Format.CSV, gzip, columns, rows);
    }

    private static FirstRows json(InputStream in, boolean gzip) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Set<String> columns = new LinkedHashSet<>();
        List<Map<String, String>> objects = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        while (objects.size() < ROWS && line(reader, line)) {
            Map<String, String> object = object(line.toString());
            columns.addAll(object.keySet());
            objects.add(object);
        }
        if (columns.size() > MOST_COLUMNS) {
            throw refused("The objects have " + columns.size() + " fields; at most " + MOST_COLUMNS + " are taken.");
        }
        List<List<String>> rows = objects.stream().map(object -> columns.stream().map(name -> object.getOrDefault(name, "")).toList()).toList();
        return new FirstRows(Format.NDJSON, gzip, List.copyOf(columns), rows);
    }

    /** Reads a line that is not empty; false at the end, or where a line is longer than any record may be. */
    private static boolean line(BufferedReader reader, StringBuilder line) throws IOException {
        line.setLength(0);
        for (int c = reader.read(); c >= 0 && line.length() < LONGEST_LINE; c = reader.read()) {
            if (c != '\n') {
                line.append((char) c);
            } else if (!line.toString().isBlank()) {
                return true;
            }
        }
        return !line.toString().isBlank() && line.length() < LONGEST_LINE;
    }

    /** The fields of one line as far as it can be read; the import refuses the rest with its reason. */
    private static Map<String, String> object(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isStructStart()) {
                    parser.skipChildren();
                    fields.put(name, "…");
                } else {
                    fields.put(name, value == JsonToken.VALUE_NULL ? "" : cut(parser.getText()));
                }
            }
        } catch (IOException e) {
            return fields;
        }
        return fields;
    }

    private static String cut(String text) {
        String clean = Texts.raw(text);
        return clean.length() > LONGEST_TEXT ? Texts.raw(clean.substring(0, LONGEST_TEXT - 1)) + "…" : clean;
    }

    private static KontorException refused(String sentence) {
        return new KontorException(KontorException.Kind.DATA, sentence);
    }
}
