package io.kontor.recommend.sessionknn;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Following;
import io.kontor.api.data.StoreData;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What visitors did since the models in use were trained: a ring of the latest deeds, of 36 bytes each and the product's id. With each batch of
 * new ones the sessions that they make are put together again for each model and handed to it as a whole, so that requests read without
 * waiting. That takes some milliseconds for 50,000 deeds, on the thread that brings them; the sessions have about 10 bytes a deed and 8 a
 * product of the catalogue. A visit that was going on when a model was trained counts with what came after that moment. Safe for use by many
 * threads.
 */
final class LatestVisits {

    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final StoreData data;
    private final int capacity;
    private final List<WeakReference<Sessions>> models = new ArrayList<>();
    private Ring ring;
    private boolean closed;

    /**
     * Follows nothing yet.
     *
     * @param data tells of the latest deeds
     * @param capacity how many deeds count; 0 for none
     */
    LatestVisits(StoreData data, int capacity) {
        this.data = data;
        this.capacity = capacity;
    }

    /** Deeds after a position, in the order in which they were accepted. */
    private final class Ring {

        private final long after;
        private final long[] visits = new long[capacity];
        private final long[] customers = new long[capacity];
        private final long[] times = new long[capacity];
        private final long[] positions = new long[capacity];
        private final String[] products = new String[capacity];
        private Following following;
        private long taken;
        /** Models from here on are of another store, so that none of these deeds is in them. */
        private long foreign = Long.MAX_VALUE;

        Ring(long after) {
            this.after = after;
        }

        void take(ColumnBatch batch) {
            synchronized (LatestVisits.this) {
                if (ring == this && !closed) {
                    add(batch);
                    renew();
                }
            }
        }

        void forget(String customer) {
            synchronized (LatestVisits.this) {
                if (ring == this && !closed) {
                    if (customer.isEmpty()) {
                        taken = 0;
                        foreign = Long.MAX_VALUE;
                    } else if (forget(owner(customer))) {
                        renew();
                    }
                }
            }
        }

        private void add(ColumnBatch batch) {
            String[] types = batch.texts("type");
            String[] who = batch.texts("customerId");
            String[] sessions = batch.texts("sessionId");
            String[] names = batch.texts("productId");
            long[] moments = batch.times("time");
            double[] numbers = batch.numbers("position");
            if (taken == 0 && numbers[0] <= after) {
                foreign = after;
            }
            for (int row = 0; row < batch.size(); row++) {
                if (Visits.counts(names[row], sessions[row], who[row], types[row])) {
                    int slot = (int) (taken++ % capacity);
                    visits[slot] = hash(Visits.visit(sessions[row], who[row]));
                    customers[slot] = who[row] == null ? 0 : hash(Visits.visit(null, who[row]));
                    times[slot] = moments[row];
                    positions[slot] = (long) numbers[row];
                    products[slot] = names[row];
                }
            }
            foreign = numbers[batch.size() - 1] > foreign ? Long.MAX_VALUE : foreign;
        }

        private boolean forget(long customer) {
            boolean known = false;
            for (int slot = 0; slot < Math.min(taken, capacity); slot++) {
                if (customers[slot] == customer) {
                    known |= products[slot] != null;
                    products[slot] = null;
                }
            }
            return known;
        }

        /** The model's sessions and those of the deeds that it does not know. */
        Searched with(Sessions model) {
            long from = model.origin().position() >= foreign ? 0 : model.origin().position();
            int most = (int) Math.min(taken, capacity);
            int[] product = new int[most];
            int[] key = new int[most];
            long[] time = new long[most];
            Map<Long, Integer> keys = new HashMap<>();
            Map<String, Integer> others = new HashMap<>();
            List<Long> owners = new ArrayList<>();
            long newest = model.origin().newest();
            int size = 0;
            for (long deed = taken - most; deed < taken; deed++) {
                int slot = (int) (deed % capacity);
                if (positions[slot] > from && products[slot] != null) {
                    int known = model.items().indexOf(products[slot]);
                    product[size] = known >= 0 ? known : model.items().size() + index(others, products[slot]);
                    boolean whole = model.origin().byCustomer() && customers[slot] != 0;
                    key[size] = index(keys, whole ? customers[slot] : visits[slot]);
                    if (key[size] == owners.size()) {
                        owners.add(0L);
                    }
                    if (customers[slot] != 0) {
                        owners.set(key[size], customers[slot]);
                    }
                    time[size++] = times[slot];
                    newest = Math.max(newest, times[slot]);
                }
            }
            Grouping grouping = new Grouping(product, time, size, model.items().size() + others.size(), newest);
            SessionLists lists = grouping.sessions(key, keys.size());
            if (lists.size() == 0) {
                return new Searched(model);
            }
            String[] names = new String[others.size()];
            others.forEach((name, index) -> names[index] = name);
            long[] own = new long[lists.size()];
            for (int session = 0; session < own.length; session++) {
                own[session] = owners.get(grouping.key(session));
            }
            return new Searched(model, new Sessions(model.items().with(names), lists, model.perProduct(),
                    new Sessions.Origin(0, newest, model.origin().byCustomer())), own);
        }
    }

    private static <K> int index(Map<K, Integer> known, K name) {
        Integer index = known.putIfAbsent(name, known.size());
        return index == null ? known.size() - 1 : index;
    }

    /** A number for a name that is not kept: FNV-1a of 64 bits (Fowler, Noll and Vo), never 0. */
    static long hash(String name) {
        long hash = FNV_START;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    /** Keeps a model up to date from now on, as long as it is in use. */
    void serve(Sessions model) {
        if (model.changeKeeper(null, this)) {
            keep(model);
        }
    }

    /** Takes a model over from an instance with other settings; its first request does so. A model that was never served stays as it is. */
    void takeOver(Sessions model) {
        LatestVisits before = model.keeper();
        if (before != null && before != this && model.changeKeeper(before, this)) {
            keep(model);
        }
    }

    private synchronized void keep(Sessions model) {
        if (capacity == 0 || closed) {
            model.searched(new Searched(model));
            return;
        }
        if (ring == null || model.origin().position() < ring.after) {
            follow(model.origin().position());
        }
        models.add(new WeakReference<>(model));
        renew();
    }

    private void follow(long after) {
        if (ring != null) {
            ring.following.close();
        }
        ring = new Ring(after);
        ring.following = data.follow(after, capacity, ring::take, ring::forget);
    }

    private void renew() {
        models.removeIf(reference -> reference.get() == null);
        for (WeakReference<Sessions> reference : models) {
            Sessions model = reference.get();
            if (model != null && model.keeper() == this) {
                model.searched(ring.with(model));
            }
        }
    }

    /** The number by which sessions of a customer are known. */
    static long owner(String customer) {
        return hash(Visits.visit(null, customer));
    }

    /** Follows no longer. */
    synchronized void close() {
        closed = true;
        if (ring != null) {
            ring.following.close();
        }
    }
}
