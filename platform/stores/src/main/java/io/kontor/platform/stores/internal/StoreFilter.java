package io.kontor.platform.stores.internal;

/**
 * What the text of a listener's filter says, read without evaluating it. Only filters as the component runtime makes them from an
 * activation's configuration are understood: {@code (&(objectClass=C)(kontor.store=S))}, or with more conditions in a second {@code &}.
 *
 * @param objectClass the class of services that it is for, or {@link #ANY_CLASS} for every other filter
 */
record StoreFilter(String objectClass) {

    static final String ANY_CLASS = "";

    private static final String CLASS = "(&(objectClass=";
    private static final String STORE = "(" + Properties.STORE + "=";
    private static final int NONE = -1;

    static StoreFilter of(String filter) {
        return new StoreFilter(store(filter) == NONE ? ANY_CLASS : filter.substring(CLASS.length(), filter.indexOf(')')));
    }

    /** Whether it is for services of a store, and not for those of this one; a null store means a service of no store. */
    static boolean excludes(String filter, String store) {
        int at = store(filter);
        return at != NONE && (store == null || !filter.startsWith(store, at) || filter.charAt(at + store.length()) != ')');
    }

    /** Where the store's id begins. */
    private static int store(String filter) {
        if (filter == null || !filter.startsWith(CLASS)) {
            return NONE;
        }
        int at = filter.indexOf(')') + 1;
        if (filter.startsWith("(&", at)) {
            at += 2;
        }
        return filter.startsWith(STORE, at) ? at + STORE.length() : NONE;
    }
}
