package io.kontor.api.privacy;

import java.util.Objects;

/**
 * A customer of a store, under both names that a plugin may know. Immutable.
 *
 * @param customer the shop's own id, for plugins that write to other systems
 * @param pseudonym what the platform calls the customer towards plugins: in snapshots, requests and {@code StoreData.history}
 */
public record Person(String customer, String pseudonym) {

    /** Checks that neither is null. */
    public Person {
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(pseudonym, "pseudonym");
    }

    /** Neither name, so that none gets into a log. */
    @Override
    public String toString() {
        return "a customer";
    }
}
