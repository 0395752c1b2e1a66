package io.kontor.recommend.sessionknn;

import io.kontor.api.choice.Items;

/**
 * Sessions that are searched together: those of a model and, numbered before them as they are newer, those that came after it. Products of both
 * have the model's indices; those that the model does not know come behind. Immutable; safe for use by many threads.
 */
final class Searched {

    private static final double DAY_MILLIS = 86_400_000.0;

    private final Items items;
    private final Sessions model;
    private final Sessions later;
    private final long[] owners;
    private final int first;
    private final float modelAge;
    private final double growth;

    /** The model alone. */
    Searched(Sessions model) {
        this(model, null, new long[0]);
    }

    /**
     * A model and what came after it.
     *
     * @param model the model
     * @param later the sessions that came later; their ages count from their newest or the model's, whichever is later; null for none
     * @param owners whose they are, by session; 0 where nobody knows
     */
    Searched(Sessions model, Sessions later, long[] owners) {
        this.model = model;
        this.later = later;
        this.owners = owners;
        items = later == null ? model.items() : later.items();
        first = later == null ? 0 : later.lists().size();
        growth = Math.log((double) (model.lists().size() + first) / model.lists().size());
        long newest = model.origin().newest();
        modelAge = later == null || newest == 0 ? 0 : (float) ((Math.max(later.origin().newest(), newest) - newest) / DAY_MILLIS);
    }

    Items items() {
        return items;
    }

    /** How many sessions came later; they have the first numbers. */
    int laterSessions() {
        return first;
    }

    /** Which sessions a session's number is one of. */
    Sessions part(int session) {
        return session < first ? later : model;
    }

    /** The number of a session within its part. */
    int within(int session) {
        return session < first ? session : session - first;
    }

    float age(int session) {
        return session < first ? later.lists().age(session) : model.lists().age(session - first) + modelAge;
    }

    int length(int session) {
        SessionLists lists = part(session).lists();
        int within = within(session);
        return lists.start(within + 1) - lists.start(within);
    }

    /** Whose a session is; 0 where nobody knows. */
    long owner(int session) {
        return session < first ? owners[session] : 0;
    }

    /** How many sessions of a product are searched at most. */
    int most(int product) {
        int all = model.start(product + 1) - model.start(product) + (later == null ? 0 : later.start(product + 1) - later.start(product));
        return Math.min(model.perProduct(), all);
    }

    /** The n-th of a product's sessions, the newest first. */
    int session(int product, int n) {
        if (later != null) {
            int there = later.start(product + 1) - later.start(product);
            if (n < there) {
                return later.session(later.start(product) + n);
            }
            return first + model.session(model.start(product) + n - there);
        }
        return model.session(model.start(product) + n);
    }

    /** The logarithm of all sessions to those with the product: 0 for one that is in all of them or in none. */
    double rarity(int product) {
        int there = later == null ? 0 : later.count(product);
        int with = model.count(product) + there;
        return with == 0 ? 0 : there == 0 ? model.rarity(product) + growth : Math.log((double) (model.lists().size() + first) / with);
    }
}
