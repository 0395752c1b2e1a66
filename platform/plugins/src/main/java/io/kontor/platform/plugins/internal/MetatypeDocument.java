package io.kontor.platform.plugins.internal;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One Metatype document of a bundle, texts not yet translated. Read here and not through the Metatype Service because the service hides
 * the bounds of a value, drops empty default texts and reads translations as Latin-1 only. Immutable.
 *
 * @param localization path of the translations without locale and suffix
 * @param definitions object class definitions by id
 * @param factories id of the definition by factory PID
 */
record MetatypeDocument(String localization, Map<String, ObjectClass> definitions, Map<String, String> factories) {

    private static final String DEFAULT_LOCALIZATION = "OSGI-INF/l10n/bundle";

    /**
     * A group of settings.
     *
     * @param name its title
     * @param description its description
     * @param attributes the settings
     */
    record ObjectClass(String name, String description, List<Attribute> attributes) {
    }

    /**
     * One setting as it is written.
     *
     * @param id its id
     * @param name its title
     * @param description its description
     * @param type name of the scalar type
     * @param cardinality 0 for one value, otherwise how many at most; negative for lists instead of arrays
     * @param required whether a value must be there
     * @param defaults the default, comma-separated; null when there is none
     * @param min smallest value or shortest length; null for none
     * @param max largest value or greatest length; null for none
     * @param options labels by value
     */
    record Attribute(String id, String name, String description, String type, int cardinality, boolean required, String defaults,
            String min, String max, Map<String, String> options) {
    }

    /**
     * Reads a document.
     *
     * @param in its bytes
     * @return what it says
     * @throws XMLStreamException when it is not well-formed or lacks a required part; the message says where
     */
    static MetatypeDocument read(InputStream in) throws XMLStreamException {
        XMLStreamReader reader = SecureXml.reader(in);
        String localization = DEFAULT_LOCALIZATION;
        Map<String, ObjectClass> definitions = new LinkedHashMap<>();
        Map<String, String> factories = new LinkedHashMap<>();
        String factory = null;
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "MetaData" -> localization = SecureXml.attribute(reader, "localization", DEFAULT_LOCALIZATION);
                    case "OCD" -> definitions.put(required(reader, "id"), objectClass(reader));
                    case "Designate" -> factory = reader.getAttributeValue(null, "factoryPid");
                    case "Object" -> {
                        if (factory != null) {
                            factories.put(factory, required(reader, "ocdref"));
                        }
                    }
                    default -> { }
                }
            }
        }
        return new MetatypeDocument(localization, definitions, factories);
    }

    private static ObjectClass objectClass(XMLStreamReader reader) throws XMLStreamException {
        String name = SecureXml.attribute(reader, "name", "");
        String description = SecureXml.attribute(reader, "description", "");
        List<Attribute> attributes = new ArrayList<>();
        for (int event = reader.next(); !ends(reader, event, "OCD"); event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("AD")) {
                attributes.add(attribute(reader));
            }
        }
        return new ObjectClass(name, description, List.copyOf(attributes));
    }

    private static Attribute attribute(XMLStreamReader reader) throws XMLStreamException {
        String id = required(reader, "id");
        String name = SecureXml.attribute(reader, "name", id);
        String description = SecureXml.attribute(reader, "description", "");
        String type = required(reader, "type");
        int cardinality = cardinality(reader);
        boolean required = Boolean.parseBoolean(SecureXml.attribute(reader, "required", "true"));
        String defaults = reader.getAttributeValue(null, "default");
        String min = reader.getAttributeValue(null, "min");
        String max = reader.getAttributeValue(null, "max");
        Map<String, String> options = new LinkedHashMap<>();
        for (int event = reader.next(); !ends(reader, event, "AD"); event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("Option")) {
                String value = required(reader, "value");
                options.put(value, SecureXml.attribute(reader, "label", value));
            }
        }
        return new Attribute(id, name, description, type, cardinality, required, defaults, min, max, options);
    }

    private static int cardinality(XMLStreamReader reader) throws XMLStreamException {
        try {
            return Integer.parseInt(SecureXml.attribute(reader, "cardinality", "0").trim());
        } catch (NumberFormatException e) {
            throw new XMLStreamException("cardinality must be a whole number", reader.getLocation(), e);
        }
    }

    private static String required(XMLStreamReader reader, String name) throws XMLStreamException {
        String value = reader.getAttributeValue(null, name);
        if (value == null) {
            throw new XMLStreamException("<" + reader.getLocalName() + "> has no " + name, reader.getLocation());
        }
        return value;
    }

    private static boolean ends(XMLStreamReader reader, int event, String element) {
        return event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(element);
    }
}
