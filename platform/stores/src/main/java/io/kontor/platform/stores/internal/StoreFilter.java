package io.kontor.platform.stores.internal;

/**
 * What the text of a listener's filter says, read without evaluating it: for which class of services it is, and whether it is for those of
 * one store, as the filters are that the component runtime makes from an activation's configuration:
 * {@code (&(objectClass=C)(kontor.store=S))}, or with more conditions in a second {@code &}.
 *
 * @param objectClass the class of services that it is for, or {@link #ANY_CLASS} when that cannot be told
 * @param forStore whether it is for the services of one store
 */
record StoreFilter(String objectClass, boolean forStore) {

    static final String ANY_CLASS = "";

    private static final String CLASS = "(objectClass=";
    private static final String AND = "(&";
    private static final String STORE = "(" + Properties.STORE + "=";
    private static final int NONE = -1;

    static StoreFilter of(String filter) {
        return new StoreFilter(objectClass(filter), store(filter) != NONE);
    }

    private static String objectClass(String filter) {
        if (filter == null) {
            return ANY_CLASS;
        }
        int at = filter.startsWith(AND) ? AND.length() : 0;
        if (!filter.startsWith(CLASS, at)) {
            return ANY_CLASS;
        }
        String name = filter.substring(at + CLASS.length(), filter.indexOf(')'));
        return name.indexOf('*') >= 0 || name.indexOf('\\') >= 0 ? ANY_CLASS : name;
    }

    /** Whether it is for services of a store, and not for those of this one; a null store means a service of no store. */
    static boolean excludes(String filter, String store) {
        int at = store(filter);
        return at != NONE && (store == null || !filter.startsWith(store, at) || filter.charAt(at + store.length()) != ')');
    }

    /** Where the store's id begins. */
    private static int store(String filter) {
        if (filter == null || !filter.startsWith(AND) || !filter.startsWith(CLASS, AND.length())) {
            return NONE;
        }
        int at = filter.indexOf(')') + 1;
        if (filter.startsWith(AND, at)) {
            at += AND.length();
        }
        return filter.startsWith(STORE, at) ? at + STORE.length() : NONE;
    }
}
