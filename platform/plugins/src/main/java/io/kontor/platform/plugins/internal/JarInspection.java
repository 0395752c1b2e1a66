package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * Judges a jar without running or installing anything of it. Reads every entry once, in bounded memory; the first thing that is wrong
 * refuses the jar in a sentence that names it.
 */
final class JarInspection {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String SERVICE_COMPONENT = "Service-Component";
    private static final String METATYPE = "OSGI-INF/metatype/";
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final int LONGEST_NAME = 200;
    private static final int LARGEST_DESCRIPTION = 4 << 20;

    private final JarLimits limits;
    private final int javaVersion;

    /**
     * An inspection.
     *
     * @param limits how much a jar may hold
     * @param javaVersion the Java that will run the classes, for example 17
     */
    JarInspection(JarLimits limits, int javaVersion) {
        this.limits = limits;
        this.javaVersion = javaVersion;
    }

    /**
     * Judges a jar.
     *
     * @param incoming the jar
     * @return what it is
     * @throws BundleRefusedException with the first thing that is wrong
     * @throws IOException when the file cannot be read for a reason that is not the jar's
     */
    BundleJar inspect(IncomingJar incoming) throws IOException {
        try (ZipFile zip = new ZipFile(incoming.file().toFile())) {
            Map<String, String> headers = headers(zip);
            BundleKey key = key(headers);
            Set<String> nested = nestedJars(zip, headers);
            readEverything(zip, nested, incoming);
            List<ComponentXml> components = components(zip, headers);
            ImportRules.violation(headers, components.stream().anyMatch(ComponentXml::plugin)).ifPresent(reason -> {
                throw Refusals.unacceptable(reason);
            });
            return new BundleJar(incoming.file(), incoming.sha256(), key, headers, components);
        } catch (ZipException e) {
            throw Refusals.unacceptable("This is not a jar, or a damaged one: " + Refusals.words(e) + ".");
        } catch (IllegalArgumentException e) {
            throw Refusals.unacceptable(e.getMessage());
        }
    }

    private static Map<String, String> headers(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            throw Refusals.unacceptable("The jar has no " + MANIFEST + ", so it is not a bundle.");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try {
            Attributes main = new Manifest(new ByteArrayInputStream(description(zip, entry))).getMainAttributes();
            main.forEach((name, value) -> headers.put(name.toString(), value.toString()));
        } catch (ZipException e) {
            throw e;
        } catch (IOException e) {
            throw Refusals.unacceptable("The jar's " + MANIFEST + " cannot be understood: " + Refusals.words(e) + ".");
        }
        return headers;
    }

    private static BundleKey key(Map<String, String> headers) {
        String nameHeader = headers.get(Constants.BUNDLE_SYMBOLICNAME);
        if (nameHeader == null || nameHeader.isBlank()) {
            throw Refusals.unacceptable("The manifest has no " + Constants.BUNDLE_SYMBOLICNAME + ", so the jar is not a bundle.");
        }
        if (!"2".equals(headers.getOrDefault(Constants.BUNDLE_MANIFESTVERSION, "").trim())) {
            throw Refusals.unacceptable("The manifest must say " + Constants.BUNDLE_MANIFESTVERSION + ": 2.");
        }
        String name = ManifestClause.parse(nameHeader).get(0).name();
        if (!SYMBOLIC_NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw Refusals.unacceptable("The " + Constants.BUNDLE_SYMBOLICNAME + " \"" + name + "\" is not a valid name of at most "
                + LONGEST_NAME + " characters.");
        }
        String version = headers.getOrDefault(Constants.BUNDLE_VERSION, Version.emptyVersion.toString());
        try {
            return new BundleKey(name, Version.parseVersion(version));
        } catch (IllegalArgumentException e) {
            throw Refusals.unacceptable("The " + Constants.BUNDLE_VERSION + " \"" + version + "\" is not a version such as 1.2.3.");
        }
    }

    private static Set<String> nestedJars(ZipFile zip, Map<String, String> headers) {
        Set<String> nested = new LinkedHashSet<>();
        for (ManifestClause clause : ManifestClause.parse(headers.get(Constants.BUNDLE_CLASSPATH))) {
            for (String name : clause.names()) {
                String path = name.startsWith("/") ? name.substring(1) : name;
                if (path.equals(".") || path.isEmpty()) {
                    continue;
                }
                ZipEntry entry = zip.getEntry(path);
                if (entry == null && zip.stream().noneMatch(candidate -> candidate.getName().startsWith(path + "/"))) {
                    throw Refusals.unacceptable("The manifest's " + Constants.BUNDLE_CLASSPATH + " names " + path
                        + ", which is not in the jar.");
                }
                if (entry != null && !entry.isDirectory()) {
                    nested.add(path);
                }
            }
        }
        return nested;
    }

    private void readEverything(ZipFile zip, Set<String> nested, IncomingJar incoming) throws IOException {
        JarReading reading = new JarReading(limits, incoming.file().toFile().length(), javaVersion);
        Set<String> names = new HashSet<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
            ZipEntry entry = entries.nextElement();
            if (!names.add(entry.getName())) {
                throw Refusals.unacceptable("The jar holds the entry " + entry.getName() + " twice.");
            }
            try (InputStream in = zip.getInputStream(entry)) {
                reading.entry(entry, in);
            }
            if (nested.contains(entry.getName())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    reading.nestedJar(entry.getName(), in);
                }
            }
        }
    }

    private static List<ComponentXml> components(ZipFile zip, Map<String, String> headers) throws IOException {
        Map<String, ComponentXml> components = new HashMap<>();
        for (String document : componentDocuments(zip, headers)) {
            for (ComponentXml component : parsed(zip, document)) {
                if (components.put(component.name(), component) != null) {
                    throw Refusals.unacceptable("Two components are called " + component.name() + ".");
                }
                String path = component.implementation().replace('.', '/') + ".class";
                if (zip.getEntry(path) == null && !headers.containsKey(Constants.BUNDLE_CLASSPATH)) {
                    throw Refusals.unacceptable("The component " + component.name() + " names the class " + component.implementation()
                        + ", which is not in the jar.");
                }
            }
        }
        List<ComponentXml> all = List.copyOf(components.values());
        pluginsAreWellDeclared(all);
        TaskRules.check(all);
        metatypeIsReadable(zip);
        return all;
    }

    private static Set<String> componentDocuments(ZipFile zip, Map<String, String> headers) {
        Set<String> documents = new LinkedHashSet<>();
        for (ManifestClause clause : ManifestClause.parse(headers.get(SERVICE_COMPONENT))) {
            String path = clause.name().startsWith("/") ? clause.name().substring(1) : clause.name();
            int slash = path.lastIndexOf('/');
            if (path.indexOf('*', slash + 1) >= 0) {
                String pattern = Pattern.quote(path).replace("*", "\\E[^/]*\\Q");
                zip.stream().map(ZipEntry::getName).filter(name -> name.matches(pattern)).forEach(documents::add);
            } else if (zip.getEntry(path) == null) {
                throw Refusals.unacceptable("The manifest's " + SERVICE_COMPONENT + " names " + path + ", which is not in the jar.");
            } else {
                documents.add(path);
            }
        }
        return documents;
    }

    private static List<ComponentXml> parsed(ZipFile zip, String document) throws IOException {
        try {
            List<ComponentXml> components = ComponentXml.read(new ByteArrayInputStream(description(zip, zip.getEntry(document))));
            if (components.isEmpty()) {
                throw Refusals.unacceptable("The component description " + document + " describes no component.");
            }
            return components;
        } catch (XMLStreamException e) {
            throw Refusals.unacceptable("The component description " + document + " cannot be understood: " + Refusals.words(e) + ".");
        }
    }

    private static void pluginsAreWellDeclared(List<ComponentXml> components) {
        Set<String> ids = new HashSet<>();
        for (ComponentXml component : components) {
            if (component.plugin() && !component.requiresConfiguration()) {
                throw Refusals.unacceptable("The plugin " + component.name()
                    + " must be declared with configurationPolicy = REQUIRE, so that stores can enable it one by one.");
            }
            if (component.plugin() && !ids.add(component.pid())) {
                throw Refusals.unacceptable("Two components claim the plugin id " + component.pid() + ".");
            }
        }
    }

    private static void metatypeIsReadable(ZipFile zip) throws IOException {
        List<ZipEntry> documents = new ArrayList<>();
        zip.stream().filter(entry -> entry.getName().startsWith(METATYPE) && entry.getName().endsWith(".xml")).forEach(documents::add);
        for (ZipEntry document : documents) {
            try {
                MetatypeDocument.read(new ByteArrayInputStream(description(zip, document)));
            } catch (XMLStreamException e) {
                throw Refusals.unacceptable("The settings description " + document.getName() + " cannot be understood: "
                    + Refusals.words(e) + ".");
            }
        }
    }

    private static byte[] description(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_DESCRIPTION + 1);
            if (bytes.length > LARGEST_DESCRIPTION) {
                throw Refusals.tooLarge("The entry " + entry.getName() + " is larger than " + (LARGEST_DESCRIPTION >> 20) + " MB.");
            }
            return bytes;
        }
    }
}
