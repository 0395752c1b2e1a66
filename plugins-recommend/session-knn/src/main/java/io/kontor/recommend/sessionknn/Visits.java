package io.kontor.recommend.sessionknn;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Items;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.model.Training;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who looked at what in one visit, as it is read: 20 bytes a row. A visit is what an event's session says, or an order. Where hardly any visit
 * has two products, as in shops whose orders have one line, all that a known customer did is taken for one visit. For one thread.
 */
final class Visits {

    /** The latest products of a visit that count: more come from robots and wholesalers. */
    static final int MOST_PRODUCTS = 100;

    private static final Set<String> DEEDS = Set.of("view", "click", "cart", "purchase", "rating");
    private static final double DAY_MILLIS = 86_400_000.0;
    private static final double FEW = 0.1;
    private static final int FIRST_ROOM = 1 << 12;

    private final Map<String, Integer> visits = new HashMap<>();
    private final Map<String, Integer> customers = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private int[] visit = new int[FIRST_ROOM];
    private int[] customer = new int[FIRST_ROOM];
    private int[] product = new int[FIRST_ROOM];
    private long[] time = new long[FIRST_ROOM];
    private int size;

    private Visits() {
    }

    /**
     * Reads what a snapshot has.
     *
     * @param training the data and the job
     * @param perProduct how many visits are kept for a product, the newest
     * @return a model
     * @throws KontorException of kind DATA when no visit has two products
     */
    static Sessions read(Training training, int perProduct) {
        Visits rows = new Visits();
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            rows.add(batch);
        });
        training.job().progress(0.5, rows.size + " deeds read");
        SessionLists lists = rows.lists(rows.visit, rows.visits.size());
        if (lists.size() < FEW * rows.visits.size()) {
            lists = rows.lists(rows.customer, rows.customers.size());
        }
        training.job().checkCancelled();
        if (lists.size() == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "No session, order or customer has two products; events with the column sessionId are needed.");
        }
        String[] names = new String[rows.ids.size()];
        rows.ids.forEach((name, index) -> names[index] = name);
        training.job().progress(0.8, lists.size() + " sessions with several products");
        return Sessions.newest(new Items(names), lists, perProduct);
    }

    private void add(ColumnBatch batch) {
        String[] types = batch.texts("type");
        String[] who = batch.texts("customerId");
        String[] sessions = batch.texts("sessionId");
        String[] names = batch.texts("productId");
        long[] times = batch.times("time");
        for (int row = 0; row < batch.size(); row++) {
            if (names[row] != null && (sessions[row] != null || who[row] != null) && DEEDS.contains(types[row])) {
                grow();
                String session = sessions[row] != null ? "s" + sessions[row] : "c" + who[row];
                visit[size] = index(visits, session);
                customer[size] = index(customers, who[row] != null ? "c" + who[row] : session);
                product[size] = index(ids, names[row]);
                time[size++] = times[row];
            }
        }
    }

    private void grow() {
        if (size == time.length) {
            int more = Math.toIntExact(size + (size >> 1) + 1L);
            visit = Arrays.copyOf(visit, more);
            customer = Arrays.copyOf(customer, more);
            product = Arrays.copyOf(product, more);
            time = Arrays.copyOf(time, more);
        }
    }

    private static int index(Map<String, Integer> known, String name) {
        Integer index = known.get(name);
        if (index == null) {
            index = known.size();
            known.put(name, index);
        }
        return index;
    }

    /** Sessions of at least two products, the newest first; products in order of their last time, those of one moment at one place. */
    private SessionLists lists(int[] key, int keys) {
        int[] starts = new int[keys + 1];
        int[] order = grouped(key, starts);
        long newest = size == 0 ? 0 : time[size - 1];
        int[] byEnd = byEnd(order, starts);
        SessionLists lists = new SessionLists();
        int[] seen = new int[ids.size()];
        int[] kept = new int[MOST_PRODUCTS];
        int[] rows = new int[MOST_PRODUCTS];
        for (int i = 0; i < keys; i++) {
            int one = byEnd[i];
            int count = 0;
            for (int at = starts[one + 1] - 1; at >= starts[one] && count < MOST_PRODUCTS; at--) {
                if (seen[product[order[at]]] != i + 1) {
                    seen[product[order[at]]] = i + 1;
                    rows[count] = order[at];
                    kept[count++] = product[order[at]];
                }
            }
            if (count > 1) {
                lists.begin((float) ((newest - time[rows[0]]) / DAY_MILLIS));
                int place = 0;
                for (int k = count - 1; k >= 0; k--) {
                    place += k < count - 1 && time[rows[k]] > time[rows[k + 1]] ? 1 : 0;
                    lists.add(kept[k], place);
                }
            }
        }
        return lists;
    }

    // Rows grouped by key, in order of time within one: a counting sort.
    private int[] grouped(int[] key, int[] starts) {
        for (int row = 0; row < size; row++) {
            starts[key[row] + 1]++;
        }
        for (int k = 0; k + 1 < starts.length; k++) {
            starts[k + 1] += starts[k];
        }
        int[] next = starts.clone();
        int[] order = new int[size];
        for (int row = 0; row < size; row++) {
            order[next[key[row]]++] = row;
        }
        return order;
    }

    // Keys by their last row, the latest first.
    private int[] byEnd(int[] order, int[] starts) {
        long[] ends = new long[starts.length - 1];
        for (int k = 0; k < ends.length; k++) {
            ends[k] = (long) -order[starts[k + 1] - 1] << 32 | k;
        }
        Arrays.sort(ends);
        int[] keys = new int[ends.length];
        for (int i = 0; i < ends.length; i++) {
            keys[i] = (int) ends[i];
        }
        return keys;
    }
}
