package io.kontor.api.model;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a plugin found out by trials, where it learns several times within one training of an ensemble: from all records, and from a part of
 * them to be compared by the rest. What the first of these trainings chose the others take over, so that the member that is compared is the one
 * that serves, and no search is made twice. Kept in memory only. For one thread.
 */
public final class Findings {

    private final Map<Class<?>, Object> found = new HashMap<>();

    /** Nothing found yet. */
    public Findings() {
    }

    /**
     * Searches, unless an earlier training did.
     *
     * @param kind what is searched; one of a kind is kept
     * @param search finds it; must depend on nothing but the training's data and seed and the plugin's settings
     * @param <T> immutable; holds settings rather than records, as data of the first training may be gone by the second
     * @return what was found by the first training that asked
     */
    public <T> T once(Class<T> kind, Supplier<? extends T> search) {
        T known = kind.cast(found.get(kind));
        if (known == null) {
            known = search.get();
            found.put(kind, known);
        }
        return known;
    }
}
