package io.kontor.risk.randomforest;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The sentences of one language, read once. Immutable; safe for use by several threads. */
final class Words {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final Map<String, MessageFormat> patterns = new HashMap<>();

    Words(Locale locale) {
        this.locale = locale;
        ResourceBundle bundle = ResourceBundle.getBundle("OSGI-INF.l10n.randomforest", locale, Words.class.getClassLoader(), STORE_LANGUAGE);
        for (String key : bundle.keySet()) {
            if (key.startsWith("reason.") || key.startsWith("word.")) {
                patterns.put(key, new MessageFormat(bundle.getString(key), locale));
            }
        }
    }

    Locale locale() {
        return locale;
    }

    boolean has(String key) {
        return patterns.containsKey(key);
    }

    /** A sentence with its values. A format keeps state while it works, so each use has a copy. */
    String of(String key, Object... values) {
        return ((MessageFormat) patterns.get(key).clone()).format(values);
    }
}
