package io.kontor.platform.models.internal;

import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The table {@code alias_change} inside a transaction. */
final class AliasHistory {

    /** Further back than this nobody goes. */
    private static final int REMEMBERED = 200;

    private AliasHistory() {
    }

    static List<AliasChange> list(EntityManager manager, Key key, long before, int limit) {
        return manager.createQuery("select c from AliasChangeRow c where c.store = :store and c.plugin = :plugin and c.id < :before "
                        + "order by c.id desc", AliasChangeRow.class).setParameter("store", key.store()).setParameter("plugin", key.plugin())
                .setParameter("before", before).setMaxResults(limit).getResultStream().map(AliasChangeRow::change).toList();
    }

    /**
     * The models that were champions and that nobody has gone back from, the latest last: a stack, on which promotions put models and from
     * which rollbacks take them.
     *
     * @param manager in a transaction
     * @param key plugin and store
     * @return ids of models, of which some may be gone
     */
    static List<String> champions(EntityManager manager, Key key) {
        List<AliasChangeRow> changes = new ArrayList<>(manager.createQuery("select c from AliasChangeRow c where c.store = :store "
                        + "and c.plugin = :plugin and c.alias = :alias order by c.id desc", AliasChangeRow.class)
                .setParameter("store", key.store()).setParameter("plugin", key.plugin()).setParameter("alias", ModelRegistry.CHAMPION)
                .setMaxResults(REMEMBERED).getResultList());
        Collections.reverse(changes);
        return champions(changes.stream().map(AliasChangeRow::change).toList());
    }

    /**
     * The same from a list.
     *
     * @param changes of the alias champion, the oldest first
     * @return ids of models
     */
    static List<String> champions(List<AliasChange> changes) {
        List<String> stack = new ArrayList<>();
        for (AliasChange change : changes) {
            if (stack.isEmpty() && change.from() != null) {
                stack.add(change.from().id());
            }
            String to = change.to() == null ? null : change.to().id();
            if (to != null && change.author().cause().back()) {
                int at = stack.lastIndexOf(to);
                stack.subList(at + 1, stack.size()).clear();
            }
            if (to != null) {
                stack.remove(to);
                stack.add(to);
            }
        }
        return stack;
    }
}
