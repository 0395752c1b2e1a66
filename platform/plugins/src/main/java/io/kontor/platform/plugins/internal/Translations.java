package io.kontor.platform.plugins.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of one bundle in one language. A text {@code %key} is looked up in the translations for language and country, then language,
 * then those without a language; files are UTF-8 or Latin-1. Immutable.
 */
final class Translations {

    private static final Logger LOG = LoggerFactory.getLogger(Translations.class);

    private final List<PropertyResourceBundle> sources = new ArrayList<>();

    /**
     * Reads the texts of a bundle. Files that cannot be read are logged and count as absent.
     *
     * @param bundle the bundle
     * @param base path of the files without locale and suffix
     * @param locale the language
     */
    Translations(Bundle bundle, String base, Locale locale) {
        for (Locale broader = locale; broader != null; broader = broader(broader)) {
            URL file = bundle.getEntry(path(base, broader));
            if (file != null) {
                try (InputStream in = file.openStream()) {
                    sources.add(new PropertyResourceBundle(in));
                } catch (IOException | IllegalArgumentException e) {
                    LOG.warn("Bundle {}: the translations {} cannot be read and are left out: {}", BundleKey.of(bundle), file.getPath(),
                        Refusals.words(e));
                }
            }
        }
    }

    /**
     * The language that a bundle really has for a language asked for, so that not every language of the world gets a copy of its texts.
     *
     * @param bundle the bundle
     * @param base path of the files without locale and suffix
     * @param locale the language asked for; only language and country count
     * @return the language with or without the country, or {@link Locale#ROOT}
     */
    static Locale nearest(Bundle bundle, String base, Locale locale) {
        Locale nearest = new Locale(locale.getLanguage(), locale.getLanguage().isEmpty() ? "" : locale.getCountry());
        while (!nearest.equals(Locale.ROOT) && bundle.getEntry(path(base, nearest)) == null) {
            nearest = broader(nearest);
        }
        return nearest;
    }

    /**
     * Translates a text.
     *
     * @param text the text, or {@code %key}
     * @return the translation; the key itself when there is none
     */
    String text(String text) {
        if (!text.startsWith("%")) {
            return text;
        }
        String key = text.substring(1);
        return find(key).orElse(key);
    }

    /**
     * Looks a key up.
     *
     * @param key without the percent sign
     * @return the translation, or empty when there is none
     */
    Optional<String> find(String key) {
        return sources.stream().filter(source -> source.containsKey(key)).findFirst().map(source -> source.getString(key));
    }

    private static String path(String base, Locale locale) {
        return base + (locale.equals(Locale.ROOT) ? "" : "_" + locale) + ".properties";
    }

    private static Locale broader(Locale locale) {
        return locale.equals(Locale.ROOT) ? null : locale.getCountry().isEmpty() ? Locale.ROOT : new Locale(locale.getLanguage());
    }
}
