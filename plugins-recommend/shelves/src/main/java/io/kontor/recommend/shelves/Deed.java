package io.kontor.recommend.shelves;

import java.time.LocalDate;

/**
 * One row of what was done.
 *
 * @param type as in snapshots
 * @param customer null when nobody is known
 * @param session the visit or the order; null when it is not known
 * @param product what
 * @param day when, in the store's time zone
 */
record Deed(String type, String customer, String session, String product, LocalDate day) {

    /** Whether the product was only looked at. */
    boolean look() {
        return type.equals("view") || type.equals("click");
    }

    /** What the customer did on the day, of an unknown one the visit or order; null when neither is known. */
    String byDay() {
        return customer == null ? session : day + "/" + customer;
    }

    /** Who did it: the customer, else the visit; null when neither is known. */
    String actor() {
        return customer == null ? session : "/" + customer;
    }
}
