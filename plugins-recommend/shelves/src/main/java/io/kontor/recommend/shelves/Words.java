package io.kontor.recommend.shelves;

import io.kontor.api.data.Product;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of a list in the store's language. Safe for use by many threads. */
final class Words {

    private static final int LONGEST_TITLE = 200;
    // A store whose language is missing is spoken to in English, not in the language of the server.
    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final StoreData data;

    Words(StoreData data) {
        this.data = data;
    }

    /**
     * A reason.
     *
     * @param code the reason's code, which is also the key of its sentence
     * @param weight what it weighs
     * @param values what the sentence names
     * @return the reason
     */
    Reason reason(String code, double weight, Object... values) {
        Locale locale = data.store().locale();
        String sentence = ResourceBundle.getBundle("OSGI-INF.l10n.shelves", locale, getClass().getClassLoader(), STORE_LANGUAGE)
                .getString("said." + code);
        return new Reason(code, new MessageFormat(sentence, locale).format(values), weight);
    }

    /** What a product is called in a sentence. */
    String title(String product) {
        String title = data.product(product).map(Product::title).filter(text -> !text.isBlank()).orElse(product);
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE / 2)) + "…";
    }
}
