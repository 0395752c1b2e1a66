package io.kontor.platform.admin.internal.shell;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The words of the pages in one language. The part of a key before the first dot names the file, so that each group of pages has its own:
 * {@code jobs.title} is in {@code texts/jobs.properties}, in Chinese in {@code texts/jobs_zh.properties}.
 */
public final class Texts {

    /** The languages that the pages speak; the first is the default. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    private final Locale locale;

    Texts(Locale locale) {
        this.locale = locale;
    }

    /**
     * A text.
     *
     * @param key its key
     * @param values for {@code {0}}, {@code {1}}, ...; numbers are formatted in the language
     * @return the text; the key itself when there is none, which a test of the texts finds
     */
    public String get(String key, Object... values) {
        String pattern = pattern(key);
        return values.length == 0 ? pattern : new MessageFormat(pattern, locale).format(values);
    }

    /**
     * A text that may be missing.
     *
     * @param key its key
     * @param otherwise what to say without one
     * @return the text
     */
    public String or(String key, String otherwise) {
        String found = pattern(key);
        return found.equals(key) ? otherwise : found;
    }

    private String pattern(String key) {
        int dot = key.indexOf('.');
        if (dot <= 0) {
            return key;
        }
        try {
            return ResourceBundle.getBundle("texts." + key.substring(0, dot), locale, Texts.class.getClassLoader(),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)).getString(key);
        } catch (MissingResourceException e) {
            return key;
        }
    }
}
