package io.kontor.risk.randomforest;

import io.kontor.api.risk.SharedKey;
import java.util.Objects;

/**
 * One input of the forest. Immutable.
 *
 * @param kind what it is
 * @param name of the field or attribute for the kinds that have one, otherwise empty
 * @param key of a figure of {@link Linkage}, otherwise null
 * @param stat of a figure of {@link Linkage}, otherwise null
 */
record Feature(Kind kind, String name, SharedKey key, LinkStat stat) {

    /** What an input is. */
    enum Kind {
        /** The amount. */
        AMOUNT,
        /** Hour of the day in the store's time zone, 0 to 24 with its fraction. */
        HOUR,
        /** Day of the week in the store's time zone, 1 for Monday. */
        WEEKDAY,
        /** 1 when country and billing country differ, 0 when they agree. */
        COUNTRIES_DIFFER,
        /** How often a text of a field was fraud. */
        FIELD,
        /** How often a text of an attribute was fraud. */
        TEXT,
        /** An attribute that is a number. */
        NUMBER,
        /** Hours from the moment that an attribute names to the payment. */
        AGE,
        /** A figure about the earlier payments with the same key. */
        LINK
    }

    /** Checks that nothing is null that must not be. */
    Feature {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        if ((kind == Kind.LINK) != (key != null && stat != null)) {
            throw new IllegalArgumentException("key and stat belong to links alone");
        }
    }

    static Feature of(Kind kind) {
        return new Feature(kind, "", null, null);
    }

    static Feature of(Kind kind, String name) {
        return new Feature(kind, name, null, null);
    }

    static Feature link(SharedKey key, LinkStat stat) {
        return new Feature(Kind.LINK, "", key, stat);
    }

    /** What features have in common that give one reason; the reason's code. */
    String topic() {
        return switch (kind) {
            case AMOUNT -> "amount";
            case HOUR -> "time-of-day";
            case WEEKDAY -> "weekday";
            case COUNTRIES_DIFFER -> "countries";
            case FIELD -> name.equals("billingCountry") ? "billing-country" : name;
            case TEXT, NUMBER, AGE -> "attribute";
            case LINK -> word(key) + "-" + stat.topic();
        };
    }

    static String word(SharedKey key) {
        return switch (key) {
            case CUSTOMER -> "customer";
            case CARD -> "card";
            case DEVICE -> "device";
            case EMAIL -> "email";
            case IP -> "ip";
        };
    }
}
