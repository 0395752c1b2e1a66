package io.kontor.recommend.shelves;

import java.util.Locale;

/** To what a list is held. */
enum Within {

    /** To nothing. */
    EVERYTHING,
    /** To the category of the product that is looked at, and those below it. */
    CATEGORY,
    /** To what customers of the same country did. */
    COUNTRY,
    /** To what customers of the same region did. */
    REGION;

    /** The setting's values. */
    static final String ALL = "everything";
    static final String SAME_CATEGORY = "category";
    static final String SAME_COUNTRY = "country";
    static final String SAME_REGION = "region";

    static Within of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    /** Whether lists are counted by where customers live. */
    boolean places() {
        return this == COUNTRY || this == REGION;
    }

    /** The name of a place in a model. */
    String place(String country, String region) {
        return this == COUNTRY ? country : region.isEmpty() ? "" : country + "/" + region;
    }
}
