package io.kontor.platform.decisions.internal;

import java.util.Locale;

/** Why a product must not be in a list. */
enum Hold {
    /** Not one of the products that were given to be ranked. */
    NOT_GIVEN,
    /** Looked at already. */
    LOOKED_AT,
    /** The shop took it out of sale. */
    INACTIVE,
    /** The customer does not want to see it. */
    BLOCKED,
    /** Part of the running visit. */
    VISITED,
    /** Bought or rated before. */
    BOUGHT,
    /** Left out by the placement. */
    EXCLUDED,
    /** Nothing is left of it. */
    SOLD_OUT,
    /** Outside of the price bounds. */
    PRICE,
    /** Not in the wanted categories. */
    CATEGORY,
    /** Not of the wanted brands. */
    BRAND,
    /** Without the wanted attributes. */
    ATTRIBUTE,
    /** Its price is too far from that of the product looked at. */
    RELATIVE_PRICE,
    /** Not of the category of the product looked at. */
    OTHER_CATEGORY;

    /** The name as it stands in answers. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
