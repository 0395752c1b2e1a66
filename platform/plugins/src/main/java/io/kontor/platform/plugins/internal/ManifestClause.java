package io.kontor.platform.plugins.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of an OSGi manifest header: {@code name;name;attribute=value;directive:="value"}. Immutable.
 *
 * @param names the paths before the first parameter
 * @param attributes by name, type suffixes such as {@code :List<String>} cut off
 * @param directives by name
 */
record ManifestClause(List<String> names, Map<String, String> attributes, Map<String, String> directives) {

    /**
     * Parses a header.
     *
     * @param header the value; null counts as absent
     * @return its clauses, empty when the header is absent or blank
     * @throws IllegalArgumentException with a plain sentence when the text breaks the syntax
     */
    static List<ManifestClause> parse(String header) {
        List<ManifestClause> clauses = new ArrayList<>();
        if (header == null || header.isBlank()) {
            return clauses;
        }
        for (String clause : split(header, ',')) {
            if (!clause.isBlank()) {
                clauses.add(clause(clause));
            }
        }
        return clauses;
    }

    /**
     * The first name.
     *
     * @return the name; a clause has at least one
     */
    String name() {
        return names.get(0);
    }

    private static ManifestClause clause(String text) {
        List<String> names = new ArrayList<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, String> directives = new LinkedHashMap<>();
        for (String part : split(text, ';')) {
            int equals = indexOfUnquoted(part, '=');
            if (equals < 0) {
                names.add(unquote(part.trim()));
            } else if (part.charAt(Math.max(0, equals - 1)) == ':') {
                directives.put(part.substring(0, equals - 1).trim(), unquote(part.substring(equals + 1).trim()));
            } else {
                String name = part.substring(0, equals).trim();
                int type = name.indexOf(':');
                attributes.put(type < 0 ? name : name.substring(0, type), unquote(part.substring(equals + 1).trim()));
            }
        }
        if (names.isEmpty() || names.contains("")) {
            throw new IllegalArgumentException("the clause \"" + text.trim() + "\" has no name");
        }
        return new ManifestClause(List.copyOf(names), Map.copyOf(attributes), Map.copyOf(directives));
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quotation mark is not closed");
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static int indexOfUnquoted(String text, char wanted) {
        int index = text.indexOf(wanted);
        int quote = text.indexOf('"');
        return quote >= 0 && quote < index ? -1 : index;
    }

    private static String unquote(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
            ? text.substring(1, text.length() - 1).replace("\\\"", "\"") : text;
    }
}
