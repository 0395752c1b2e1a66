package io.kontor.platform.data.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.privacy.Purpose;
import io.kontor.platform.data.Consents.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whom a snapshot shows, and under which name. Without a key it shows everybody under the shop's ids; else under pseudonyms those who agreed to
 * what the snapshot is for. Memory does not grow with the number of customers. For one thread.
 */
final class KnownCustomers {

    /** Everybody, by the shop's own ids. */
    static final KnownCustomers ALL = new KnownCustomers(null, null, null, null, Use.ANY, false);

    private static final int REMEMBERED = 50_000;
    /** Stands for somebody who did not agree. */
    private static final String WITHHELD = "";

    private final Connection connection;
    private final String store;
    private final String country;
    private final PseudonymKey key;
    private final Use use;
    private final boolean asks;
    private final Map<String, String> names = new HashMap<>();

    /**
     * What a snapshot is for.
     *
     * @param purposes what a customer must have agreed to
     * @param leavesOut whether rows of others are left out; else they come without their customer
     */
    record Use(Set<Purpose> purposes, boolean leavesOut) {

        /** A use that needs no consent. */
        static final Use ANY = new Use(Set.of(), false);
        /** A use that is not known: the strictest that leaves figures whole. */
        static final Use UNKNOWN = new Use(Set.of(Purpose.PERSONALISATION, Purpose.ANALYTICS), false);

        /** What is given to plugins at once, for whatever they may learn of it. */
        static final Use FOLLOWED = new Use(Set.of(Purpose.PERSONALISATION, Purpose.ANALYTICS), true);

        /** What a family's training needs; see {@link Purpose} for the reasons. */
        static Use of(String family) {
            return switch (family) {
                case Family.RECOMMEND -> new Use(Set.of(Purpose.PERSONALISATION), true);
                case Family.INVENTORY, Family.PRICING -> new Use(Set.of(Purpose.ANALYTICS), false);
                case Family.RISK -> ANY;
                default -> UNKNOWN;
            };
        }
    }

    /** What became of the rows of a batch. */
    static final class Seen {

        /** Rows that must be left out. */
        final BitSet left = new BitSet();
        /** Rows whose customer was taken away. */
        final BitSet unlinked = new BitSet();
    }

    private KnownCustomers(Connection connection, String store, String country, PseudonymKey key, Use use, boolean asks) {
        this.connection = connection;
        this.store = store;
        this.country = country;
        this.key = key;
        this.use = use;
        this.asks = asks;
    }

    /**
     * Those who agreed.
     *
     * @param connection in the snapshot's transaction, so that consent is that of its moment
     * @param store the store's id
     * @param country the store's own country
     * @param key makes the pseudonyms
     * @param use what for
     */
    static KnownCustomers of(Connection connection, String store, String country, PseudonymKey key, Use use) throws SQLException {
        return new KnownCustomers(connection, store, country, key, use, !use.purposes.isEmpty() && ConsentTable.matters(connection, store));
    }

    /** Adds what decides whom this shows, but for the records themselves. */
    void addTo(ContentHash hash) throws SQLException {
        hash.add(use.leavesOut ? "without" : "unnamed");
        use.purposes.stream().sorted().forEach(purpose -> hash.add(purpose.path()));
        if (asks) {
            hash.add(country);
            ConsentTable.addTo(hash, connection, store);
        }
    }

    /**
     * Puts other names in the place of ids, and none where nobody may be named.
     *
     * @param ids the shop's own ids; null where there is none, which stays
     * @param size how many of them
     * @param persons whether the rows are the customers themselves, which are nothing without their name
     */
    Seen see(String[] ids, int size, boolean persons) throws SQLException {
        Seen seen = new Seen();
        if (key == null) {
            return seen;
        }
        learn(ids, size);
        for (int row = 0; row < size; row++) {
            String name = ids[row] == null ? null : names.get(ids[row]);
            if (WITHHELD.equals(name)) {
                ids[row] = null;
                (use.leavesOut || persons ? seen.left : seen.unlinked).set(row);
            } else {
                ids[row] = name;
            }
        }
        return seen;
    }

    private void learn(String[] ids, int size) throws SQLException {
        if (names.size() > REMEMBERED) {
            names.clear();
        }
        Set<String> unknown = new HashSet<>();
        for (int row = 0; row < size; row++) {
            if (ids[row] != null && !names.containsKey(ids[row])) {
                unknown.add(ids[row]);
            }
        }
        if (asks && !unknown.isEmpty()) {
            ConsentTable.read(connection, store, country, unknown).forEach((id, standings) -> {
                if (!use.purposes.stream().map(standings::get).allMatch(Standing::agreed)) {
                    names.put(id, WITHHELD);
                }
            });
        }
        unknown.forEach(id -> names.computeIfAbsent(id, key::pseudonym));
    }
}
