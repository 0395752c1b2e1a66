package io.kontor.api.data;

/** The length of a period of demand. Weeks begin on Monday, months on the first. */
public enum Step {
    /** A day in the store's time zone. */
    DAY,
    /** Monday to Sunday. */
    WEEK,
    /** A calendar month. */
    MONTH
}
