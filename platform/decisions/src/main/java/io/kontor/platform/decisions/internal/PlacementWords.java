package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.RecommendationDesk;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Says in a store's language what the server did to a list of products. Immutable. */
final class PlacementWords {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Locale locale;
    private final ResourceBundle words;

    PlacementWords(Locale locale) {
        this.locale = locale;
        this.words = ResourceBundle.getBundle("OSGI-INF.l10n.placements", locale, PlacementWords.class.getClassLoader(), STORE_LANGUAGE);
    }

    /** What a rule did. */
    Reason rule(Rule rule) {
        return new Reason("placement-" + rule.kind(), say(rule.kind(), rule.name(), rule.position(), rule.factor()), Double.NaN);
    }

    /** Why a list was not made for its customer. */
    Reason notPersonal(String why) {
        return new Reason(RecommendationDesk.NO_CONSENT, say(why), Double.NaN);
    }

    /** That a fallback added the product. */
    Reason filledUp() {
        return new Reason(RecommendationDesk.FILLED_UP, say("filled-up"), Double.NaN);
    }

    /** Why a product of the catalogue is there. */
    Reason catalogue(String order) {
        return new Reason("catalogue-" + order, say(order), Double.NaN);
    }

    /** Where a product stood in the shop's own list. */
    Reason given(int rank) {
        return new Reason("shop-order", say("shop-order", rank), Double.NaN);
    }

    /** Why a product is held back. */
    String held(Hold hold) {
        return say("held." + hold.text());
    }

    private String say(String key, Object... parts) {
        return new MessageFormat(words.getString(key), locale).format(parts);
    }
}
