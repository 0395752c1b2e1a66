package io.kontor.platform.security.internal;

import io.kontor.platform.security.Role;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Roles by store as they lie in one column: {@code berlin=viewer,paris=admin}. */
final class StoreRoles {

    private StoreRoles() {
    }

    static String text(Map<String, Role> roles) {
        return new TreeMap<>(roles).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue().text()).collect(Collectors.joining(","));
    }

    static Map<String, Role> of(String text) {
        Map<String, Role> roles = new TreeMap<>();
        for (String pair : text.split(",")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                roles.put(pair.substring(0, equals), Role.of(pair.substring(equals + 1)).orElseThrow());
            }
        }
        return roles;
    }

    /** The same without a store's. */
    static Map<String, Role> without(String store, Map<String, Role> roles) {
        Map<String, Role> left = new TreeMap<>(roles);
        left.remove(store);
        return left;
    }
}
