package io.kontor.platform.data.internal;

import java.util.HashMap;
import java.util.Map;

/** How a snapshot calls customers. For one thread. */
final class KnownCustomers {

    /** By the shop's own ids. */
    static final KnownCustomers ALL = new KnownCustomers(null);

    private static final int REMEMBERED = 50_000;

    private final PseudonymKey key;
    private final Map<String, String> pseudonyms = new HashMap<>();

    /**
     * By pseudonyms.
     *
     * @param key makes them; null to leave ids as they are
     */
    KnownCustomers(PseudonymKey key) {
        this.key = key;
    }

    /** Puts other names in the place of ids; nobody stays nobody. */
    void rename(String[] ids, int size) {
        for (int row = 0; key != null && row < size; row++) {
            if (ids[row] != null) {
                if (pseudonyms.size() == REMEMBERED && !pseudonyms.containsKey(ids[row])) {
                    pseudonyms.clear();
                }
                ids[row] = pseudonyms.computeIfAbsent(ids[row], key::pseudonym);
            }
        }
    }
}
