package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** Writes the {@code attr.NAME} columns of a row as one JSON object, names in order, numbers in their shortest form, and reads them again. */
final class Attributes {

    /** What stands before the name of an attribute in files and snapshots. */
    static final String PREFIX = "attr.";

    private static final int LONGEST = 500_000;
    private static final JsonFactory JSON = new JsonFactory();

    private Attributes() {
    }

    /** Whether a column is one of attributes. */
    static boolean named(String column) {
        return column.startsWith(PREFIX) && column.length() > PREFIX.length();
    }

    /**
     * The JSON object of some attributes.
     *
     * @param attributes text by name
     * @return null when there are none
     * @throws RowRefusedException when one of them cannot be kept or they are too much together
     */
    static String write(SortedMap<String, String> attributes) throws RowRefusedException {
        if (attributes.isEmpty()) {
            return null;
        }
        StringBuilder json = new StringBuilder(24 * attributes.size());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            String name = PREFIX + attribute.getKey();
            json.append(json.length() == 0 ? "{\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString(Texts.checked(name, attribute.getKey(), Texts.ID_LENGTH), json);
            json.append("\":");
            double number = Numbers.plain(attribute.getValue());
            if (Double.isNaN(number)) {
                json.append('"');
                JsonStringEncoder.getInstance().quoteAsString(Texts.checked(name, attribute.getValue(), Texts.TEXT_LENGTH), json);
                json.append('"');
            } else {
                json.append(Numbers.text(number));
            }
        }
        if (json.length() > LONGEST) {
            throw new RowRefusedException("", "the attributes are longer than " + LONGEST + " characters together");
        }
        return json.append('}').toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param json null for none
     * @return text by name without prefix
     */
    static Map<String, String> read(String json) {
        if (json == null) {
            return Map.of();
        }
        Map<String, String> attributes = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                attributes.put(name, parser.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Stored attributes are not JSON", e);
        }
        return attributes;
    }
}
