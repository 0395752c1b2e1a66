package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Stores;
import java.util.Map;
import java.util.TreeMap;

/** Roles as they stand in JSON: {@code role} for all stores, {@code stores} with a role by store id. */
final class RoleFields {

    private RoleFields() {
    }

    static Role role(String field, String text) {
        return Role.of(text == null ? "" : text)
                .orElseThrow(() -> Problem.field(422, field, "must be viewer, analyst, operator, approver or admin"));
    }

    static Map<String, Role> perStore(Map<String, String> given, Stores stores) {
        Map<String, Role> perStore = new TreeMap<>();
        given.forEach((store, role) -> {
            if (stores.find(store).isEmpty()) {
                throw Problem.field(422, "stores." + store, "there is no such store");
            }
            perStore.put(store, role("stores." + store, role));
        });
        return perStore;
    }

    static void demandOne(Role everywhere, Map<String, Role> perStore) {
        if (everywhere == null && perStore.isEmpty()) {
            throw Problem.field(422, "role", "give a role for all stores or roles by store");
        }
    }

    static String text(Role role) {
        return role == null ? null : role.text();
    }

    static Map<String, String> text(Map<String, Role> perStore) {
        Map<String, String> roles = new TreeMap<>();
        perStore.forEach((store, role) -> roles.put(store, role.text()));
        return roles;
    }
}
