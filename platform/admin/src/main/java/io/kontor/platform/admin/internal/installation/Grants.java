package io.kontor.platform.admin.internal.installation;

import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.security.Role;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may do what, as fields of a form: a role for all stores and one for each store.
 *
 * @param everywhere the role for all stores; null for none
 * @param perStore the role by store id
 * @param stores the stores to choose from
 */
public record Grants(Role everywhere, Map<String, Role> perStore, List<Store> stores) {

    static final String EVERYWHERE = "role";
    static final String STORE = "role.";

    static Grants none(Visit visit) {
        return new Grants(null, Map.of(), visit.stores());
    }

    /** Reads the fields; unknown roles count as none, as only a forged form has them. */
    static Grants of(Visit visit) {
        Map<String, Role> perStore = new TreeMap<>();
        for (Store store : visit.stores()) {
            Role.of(visit.field(STORE + store.id())).ifPresent(role -> perStore.put(store.id(), role));
        }
        return new Grants(Role.of(visit.field(EVERYWHERE)).orElse(null), perStore, visit.stores());
    }

    /** Whether there is no role at all. */
    boolean empty() {
        return everywhere == null && perStore.isEmpty();
    }

    /**
     * The roles in words.
     *
     * @param everywhere the role for all stores; null for none
     * @param perStore the role by store id
     * @param visit the language
     * @return for example "viewer in all stores; operator in berlin"
     */
    public static String words(Role everywhere, Map<String, Role> perStore, Visit visit) {
        StringBuilder words = new StringBuilder();
        if (everywhere != null) {
            words.append(visit.text("installation.everywhere", visit.text("shell.role." + everywhere.text())));
        }
        new TreeMap<>(perStore).forEach((store, role) -> words.append(words.isEmpty() ? "" : "; ")
                .append(visit.text("installation.in-store", visit.text("shell.role." + role.text()), store)));
        return words.isEmpty() ? visit.text("installation.no-role") : words.toString();
    }
}
