package io.kontor.platform.security;

import java.util.Map;
import java.util.Objects;

/**
 * Somebody who has shown who they are. Immutable.
 *
 * @param name of the key or account; fit for logs
 * @param everywhere the role for all stores and for what belongs to no store; null for none
 * @param perStore the role by store id, where it is greater than {@code everywhere}
 */
public record Principal(String name, Role everywhere, Map<String, Role> perStore) {

    /** Copies the map. */
    public Principal {
        Objects.requireNonNull(name, "name");
        perStore = Map.copyOf(perStore);
    }

    /**
     * Whether it may see that a store exists.
     *
     * @param store the store's id
     * @return true when it has any role there
     */
    public boolean knows(String store) {
        return everywhere != null || perStore.containsKey(store);
    }

    /**
     * Whether it has a role.
     *
     * @param role the role asked for
     * @param store the store's id; null for what belongs to no store
     * @return true when it has
     */
    public boolean has(Role role, String store) {
        return everywhere != null && everywhere.includes(role)
                || store != null && perStore.containsKey(store) && perStore.get(store).includes(role);
    }
}
