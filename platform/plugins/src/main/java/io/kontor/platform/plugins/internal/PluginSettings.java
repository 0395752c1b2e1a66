package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.SettingsSchema.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Metatype documents of one bundle, and the settings of its plugins made from them. Immutable. */
final class PluginSettings {

    private static final Logger LOG = LoggerFactory.getLogger(PluginSettings.class);
    private static final String FOLDER = "OSGI-INF/metatype";

    private final Bundle bundle;
    private final List<MetatypeDocument> documents = new ArrayList<>();

    /**
     * What is shown of a plugin in one language.
     *
     * @param title its title
     * @param description its description
     * @param settings its settings
     */
    record Texts(String title, String description, TypedSettings settings) {
    }

    /**
     * Reads a bundle's documents. Those that cannot be read are logged and left out.
     *
     * @param bundle a resolved bundle
     */
    PluginSettings(Bundle bundle) {
        this.bundle = bundle;
        List<URL> files = Optional.ofNullable(bundle.findEntries(FOLDER, "*.xml", false)).map(Collections::list).orElseGet(ArrayList::new);
        for (URL file : files) {
            try (InputStream in = file.openStream()) {
                documents.add(MetatypeDocument.read(in));
            } catch (IOException | XMLStreamException e) {
                LOG.warn("Bundle {}: the settings description {} cannot be read and is left out: {}", BundleKey.of(bundle), file.getPath(),
                    Refusals.words(e));
            }
        }
    }

    /**
     * The language in which a language asked for is answered.
     *
     * @param locale the language asked for
     * @return the nearest that the bundle has, or else the titles of the platform's tasks
     */
    Locale nearest(Locale locale) {
        return localizations().map(base -> Translations.nearest(bundle, base, locale)).filter(nearest -> !nearest.equals(Locale.ROOT))
            .findFirst().orElseGet(() -> TaskDescriptions.nearest(locale));
    }

    private Stream<String> localizations() {
        String own = bundle.getHeaders("").get(Constants.BUNDLE_LOCALIZATION);
        return Stream.concat(documents.stream().map(MetatypeDocument::localization),
            Stream.of(own == null ? Constants.BUNDLE_LOCALIZATION_DEFAULT_BASENAME : own)).distinct();
    }

    /**
     * Title, description and settings of a plugin.
     *
     * @param plugin its id
     * @param properties the component's own properties, which hold the defaults that Metatype cannot express, such as an empty list
     * @param locale the language
     * @return the texts; without settings when the plugin designates none
     */
    Texts texts(String plugin, Map<String, Object> properties, Locale locale) {
        for (MetatypeDocument document : documents) {
            MetatypeDocument.ObjectClass definition = document.definitions().get(document.factories().get(plugin));
            if (definition != null) {
                Translations translations = new Translations(bundle, document.localization(), locale);
                List<TypedSettings.Field> fields = definition.attributes().stream()
                    .map(attribute -> field(attribute, properties.get(attribute.id()), translations)).toList();
                String title = translations.text(definition.name());
                return new Texts(title.isBlank() ? shortName(plugin) : title, translations.text(definition.description()),
                    new TypedSettings(fields));
            }
        }
        return new Texts(shortName(plugin), "", new TypedSettings(List.of()));
    }

    /**
     * Translates a text that stands in a component's description.
     *
     * @param text the text, or {@code %key}: looked up where the settings have their texts, then in the bundle's own localisation
     * @param locale the language
     * @return the translation; the key itself when there is none
     */
    String text(String text, Locale locale) {
        if (!text.startsWith("%")) {
            return text;
        }
        String key = text.substring(1);
        return localizations().map(base -> new Translations(bundle, base, locale).find(key)).flatMap(Optional::stream).findFirst()
            .orElse(key);
    }

    private static TypedSettings.Field field(MetatypeDocument.Attribute attribute, Object property, Translations translations) {
        Scalar scalar = Scalar.named(attribute.type());
        boolean list = attribute.cardinality() != 0;
        int most = attribute.cardinality() == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(attribute.cardinality());
        Map<String, String> options = new LinkedHashMap<>();
        attribute.options().forEach((value, label) -> options.put(value, translations.text(label)));
        Object defaults = attribute.defaults() == null ? null : list ? values(scalar, attribute.defaults())
            : scalar.json(unescaped(attribute.defaults())).orElse(null);
        Setting setting = new Setting(attribute.id(), scalar.type(), list, attribute.required(),
            defaults == null ? ownDefault(scalar, list, property) : defaults, bound(attribute.min()), bound(attribute.max()),
            Collections.unmodifiableMap(options), translations.text(attribute.name()), translations.text(attribute.description()));
        return new TypedSettings.Field(setting, scalar, list ? most : 1);
    }

    private static Object ownDefault(Scalar scalar, boolean list, Object property) {
        if (property == null) {
            return null;
        }
        if (!list) {
            return scalar.json(property.toString()).orElse(null);
        }
        List<Object> values = new ArrayList<>();
        int length = property.getClass().isArray() ? Array.getLength(property) : 0;
        for (int i = 0; i < length; i++) {
            scalar.json(String.valueOf(Array.get(property, i))).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    private static List<Object> values(Scalar scalar, String defaults) {
        List<Object> values = new ArrayList<>();
        if (!defaults.isEmpty()) {
            for (String part : defaults.split("(?<!\\\\),")) {
                scalar.json(unescaped(part.trim())).ifPresent(values::add);
            }
        }
        return List.copyOf(values);
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    private static Double bound(String text) {
        try {
            return text == null || text.isBlank() ? null : Double.valueOf(text.trim());
        } catch (NumberFormatException e) {
            LOG.debug("The bound {} is no number and is left out", text);
            return null;
        }
    }

    private static String shortName(String plugin) {
        return plugin.substring(plugin.lastIndexOf('.') + 1);
    }
}
