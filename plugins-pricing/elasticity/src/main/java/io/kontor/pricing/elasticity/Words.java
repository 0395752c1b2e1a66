package io.kontor.pricing.elasticity;

import io.kontor.api.explain.Contribution;
import io.kontor.api.pricing.DemandQuery;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Puts what moves demand into words.
 *
 * @param locale the store's language
 */
record Words(Locale locale) {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    /** By their places in {@link Curve#logarithms}. */
    private static final List<String> FEATURES = List.of("price", "promotion", "competitor-price", "rivals", "season", "bound");

    /** One of {@link Curve#logarithms} without its amount; what it multiplies demand by is part of its words. */
    Contribution named(int k, Curve curve, DemandQuery query, double factor) {
        String feature = FEATURES.get(k);
        double now = k == Driver.COMPETITOR ? query.competitorPrice() : k == Driver.PROMOTION ? query.promotion() : query.prices()[0];
        double before = k == Driver.COMPETITOR ? curve.competitor() : curve.reference();
        ResourceBundle words = ResourceBundle.getBundle("OSGI-INF.l10n.elasticity", locale, Words.class.getClassLoader(), STORE_LANGUAGE);
        return new Contribution(feature, words.getString("driver." + feature),
                new MessageFormat(words.getString("driver." + feature + ".value"), locale).format(new Object[] {now, before, factor}), 0);
    }
}
