package io.kontor.recommend.ensemble;

import java.util.Locale;

/** How the members' lists become one. */
enum Method {
    /** All count alike. */
    AVERAGE,
    /** Weighted. */
    STACKING,
    /** That of the member which did best for customers of whom as much is known. */
    SEGMENTS;

    static Method of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }
}
