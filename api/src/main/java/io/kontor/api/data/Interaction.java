package io.kontor.api.data;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * One thing that a customer did with one product, from an order line or an event. Immutable.
 *
 * @param product the product's id
 * @param type what was done
 * @param time when
 * @param value quantity of a purchase or return (above 0), value of a rating, otherwise 1
 */
public record Interaction(String product, Type type, Instant time, double value) {

    /** What was done. */
    public enum Type {
        /** The product was shown in a list. */
        IMPRESSION,
        /** Its page was looked at. */
        VIEW,
        /** It was clicked on. */
        CLICK,
        /** It was put into the cart. */
        CART,
        /** It was bought. */
        PURCHASE,
        /** It was rated; the value is the rating. */
        RATING,
        /** It was sent back. */
        RETURN;

        /**
         * The name in the column {@code type} of {@link Snapshot#interactions}.
         *
         * @return the lower-case name
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that nothing is null. */
    public Interaction {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(time, "time");
    }
}
