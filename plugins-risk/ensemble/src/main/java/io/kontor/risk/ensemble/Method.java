package io.kontor.risk.ensemble;

import java.util.Locale;

/** How the members' scores become one. */
enum Method {
    /** Their mean. */
    AVERAGE,
    /** A logistic regression over their log odds. */
    STACKING,
    /** That of the member which did best on transactions of the same kind. */
    SEGMENTS;

    static Method of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
