package io.kontor.api.choice;

import io.kontor.api.data.Interaction;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How much what somebody does counts as a choice: a purchase or a good rating 1, a cart 0.6, a click or a view 0.3, each divided by the most
 * that counts in the shop, so that a shop that knows views only learns from ones. Immutable.
 *
 * @param goodRating the lowest rating that counts; {@code -Infinity} when there are no ratings
 * @param unit the most that counts in the shop's records before the division, above 0
 */
public record Counting(double goodRating, float unit) {

    // Ratings of at least this share of the highest one count.
    static final double GOOD_RATING = 0.6;

    private static final float PURCHASE = 1;
    private static final float CART = 0.6f;
    private static final float LOOK = 0.3f;

    /** Checks the unit. */
    public Counting {
        if (Double.isNaN(goodRating) || !(unit > 0)) {
            throw new IllegalArgumentException("ratings from " + goodRating + ", unit " + unit);
        }
    }

    // What a deed counts before ratings are looked at and before the division; 0 when it is no choice.
    static float raw(String type) {
        return switch (type) {
            case "purchase", "rating" -> PURCHASE;
            case "cart" -> CART;
            case "click", "view" -> LOOK;
            default -> 0;
        };
    }

    /**
     * How much a deed counts.
     *
     * @param deed what was done
     * @return 0, when it is no choice, to 1
     */
    public float weight(Interaction deed) {
        boolean poor = deed.type() == Interaction.Type.RATING && deed.value() < goodRating;
        return poor ? 0 : Math.min(1, raw(deed.type().text()) / unit);
    }

    /**
     * Writes the two numbers.
     *
     * @param out where to
     * @throws IOException when writing fails
     */
    public void write(DataOutputStream out) throws IOException {
        out.writeDouble(goodRating);
        out.writeFloat(unit);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @return an equal value
     * @throws IOException when it is not understood
     */
    public static Counting read(DataInputStream in) throws IOException {
        try {
            return new Counting(in.readDouble(), in.readFloat());
        } catch (IllegalArgumentException e) {
            throw new IOException("the model is damaged: " + e.getMessage(), e);
        }
    }
}
