package io.kontor.platform.decisions.internal;

/**
 * Something that counts of what a list led to.
 *
 * @param served the list
 * @param kind what happened
 * @param first whether nothing of the kind had counted for this list before
 * @param revenue what it brought; 0 for all but purchases and returns
 */
record Outcome(Served served, Kind kind, boolean first, double revenue) {

    /** What can happen. */
    enum Kind {
        IMPRESSION, CLICK, CART, PURCHASE, RETURN
    }
}
