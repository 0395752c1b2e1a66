package io.kontor.platform.demo;

/**
 * A payment with its truth.
 *
 * @param id the shop's own id
 * @param second when, in seconds since 1970
 * @param amount in the store's currency
 * @param order the order paid
 * @param customer who pays
 * @param origin where it comes from
 * @param basket what is known of the order
 * @param truth what it really is
 */
record Payment(String id, long second, double amount, String order, String customer, Origin origin, Basket basket, Truth truth) {

    /** A payment that is no fraud belongs to no ring. */
    static final int NO_RING = -1;

    /** Where a payment comes from. */
    record Origin(String method, String country, String billingCountry, String ip, String device, String email, String card) {
    }

    /** What is known of the order: the age of the account in days, units, and whether it is to be sent at once. */
    record Basket(int accountAge, int units, boolean express) {
    }

    /**
     * What a payment really is.
     *
     * @param fraud whether somebody else's money was spent
     * @param ring which ring did it; {@link #NO_RING} for nobody's or a lone thief's
     * @param known seconds since 1970 at which the shop learns of it
     */
    record Truth(boolean fraud, int ring, long known) {
    }

    Payment named(String name) {
        return new Payment(name, second, amount, order, customer, origin, basket, truth);
    }
}
