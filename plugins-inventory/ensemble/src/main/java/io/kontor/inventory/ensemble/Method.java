package io.kontor.inventory.ensemble;

import java.util.Locale;

/** How the members' forecasts become one. */
enum Method {
    /** Their mean, quantile by quantile. */
    AVERAGE,
    /** A weighted mean, with weights of their own for the mean and each quantile. */
    STACKING,
    /** That of the member which did best for the product, its category or all products. */
    SEGMENTS;

    static Method of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
