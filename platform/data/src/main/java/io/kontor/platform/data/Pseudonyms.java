package io.kontor.platform.data;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The names under which plugins, models and the log of decisions know a store's customers. The same customer has the same name on every
 * node, in every snapshot and in every request, as long as the store exists; without the store's secret, which only the database has,
 * nobody can tell whose it is. Only this platform leads back. A service; safe for use by many threads, and quick: from memory as a rule.
 */
@ProviderType
public interface Pseudonyms {

    /**
     * A customer's pseudonym.
     *
     * @param store the id of an existing store
     * @param customer the shop's own id
     * @return the pseudonym; empty for an empty id
     */
    String of(String store, String customer);

    /**
     * The customer behind a pseudonym.
     *
     * @param store the id of an existing store
     * @param pseudonym what {@link #of} gave for this store
     * @return the shop's own id; the text itself when it is no pseudonym of the store
     */
    String customer(String store, String pseudonym);
}
