package io.kontor.api.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of canonical records that a store has. Names are those of the import routes and files. */
public enum Entity {
    /** What is sold. */
    PRODUCTS,
    /** Who buys. */
    CUSTOMERS,
    /** Order lines, one a row; a negative quantity is a return. */
    ORDERS,
    /** What visitors did: view, search, click, cart, purchase, rating, impression. */
    EVENTS,
    /** Sales already summed by day. */
    SALES,
    /** Prices with the span in which they held. */
    PRICES,
    /** Stock levels at a time. */
    STOCK,
    /** Who supplies what, how fast and at what cost. */
    SUPPLY,
    /** Payments and the labels they got. */
    TRANSACTIONS,
    /** Requests for credit or to pay later, and the labels they got. */
    APPLICATIONS,
    /** What customers wrote. */
    REVIEWS;

    /**
     * The name in routes and files.
     *
     * @return the lower-case name, for example {@code orders}
     */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The entity of a name in routes and files.
     *
     * @param path for example {@code orders}
     * @return the entity, or empty when there is none of that name
     */
    public static Optional<Entity> of(String path) {
        return Arrays.stream(values()).filter(e -> e.path().equals(path)).findFirst();
    }
}
