package io.kontor.platform.plugins.internal;

import io.kontor.api.job.Task;
import io.kontor.api.plugin.Plugin;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a Declarative Services component says of itself in its XML, as far as it is needed to judge a jar before anything of it runs.
 * Immutable.
 *
 * @param name the component's name
 * @param implementation name of its class
 * @param pid the first configuration PID
 * @param requiresConfiguration whether it exists only with a configuration
 * @param family the plugin family; null for a component that is no plugin
 * @param task the id of the task that it does; null for a component that does none
 */
record ComponentXml(String name, String implementation, String pid, boolean requiresConfiguration, String family, String task) {

    private static final String NAMESPACE = "http://www.osgi.org/xmlns/scr/";
    private static final String FAMILY = Plugin.PREFIX_ + "family";
    private static final String TASK = Task.PREFIX_ + "id";

    /**
     * Whether the component is one that operators can enable.
     *
     * @return true for a plugin
     */
    boolean plugin() {
        return family != null;
    }

    /**
     * Reads a component description.
     *
     * @param in the document
     * @return the components in it
     * @throws XMLStreamException when it is not well-formed or a component lacks its class; the message says where
     */
    static List<ComponentXml> read(InputStream in) throws XMLStreamException {
        List<ComponentXml> components = new ArrayList<>();
        XMLStreamReader reader = SecureXml.reader(in);
        boolean root = true;
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                String namespace = reader.getNamespaceURI();
                boolean described = namespace != null && namespace.startsWith(NAMESPACE) || root && namespace == null;
                if (described && reader.getLocalName().equals("component")) {
                    components.add(component(reader));
                }
                root = false;
            }
        }
        return components;
    }

    /**
     * The ids of the plugins among components.
     *
     * @param components components of one bundle
     * @return PIDs, sorted
     */
    static List<String> plugins(List<ComponentXml> components) {
        Set<String> ids = new TreeSet<>();
        components.stream().filter(ComponentXml::plugin).forEach(component -> ids.add(component.pid()));
        return List.copyOf(ids);
    }

    private static ComponentXml component(XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getAttributeValue(null, "name");
        String pids = SecureXml.attribute(reader, "configuration-pid", "$").trim();
        boolean required = "require".equals(reader.getAttributeValue(null, "configuration-policy"));
        String implementation = null;
        String family = null;
        String task = null;
        for (int event = reader.next(); !ends(reader, event, "component"); event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (reader.getLocalName().equals("implementation")) {
                    implementation = reader.getAttributeValue(null, "class");
                } else if (property(reader, FAMILY)) {
                    family = value(reader);
                } else if (property(reader, TASK)) {
                    task = value(reader);
                }
            }
        }
        if (implementation == null || implementation.isBlank()) {
            throw new XMLStreamException("a component names no implementation class", reader.getLocation());
        }
        String effective = name == null ? implementation : name;
        return new ComponentXml(effective, implementation, pids.split("\\s+")[0].replace("$", effective), required, family, task);
    }

    private static boolean property(XMLStreamReader reader, String name) {
        return reader.getLocalName().equals("property") && name.equals(reader.getAttributeValue(null, "name"));
    }

    private static String value(XMLStreamReader reader) throws XMLStreamException {
        String value = reader.getAttributeValue(null, "value");
        return value == null ? reader.getElementText().trim() : value;
    }

    private static boolean ends(XMLStreamReader reader, int event, String element) {
        return event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(element);
    }
}
