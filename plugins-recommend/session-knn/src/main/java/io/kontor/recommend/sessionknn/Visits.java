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
        long newest = rows.size == 0 ? 0 : rows.time[rows.size - 1];
        Grouping grouping = new Grouping(rows.product, rows.time, rows.size, rows.ids.size(), newest);
        SessionLists lists = grouping.sessions(rows.visit, rows.visits.size());
        boolean byCustomer = lists.size() < FEW * rows.visits.size();
        if (byCustomer) {
            lists = grouping.sessions(rows.customer, rows.customers.size());
        }
        training.job().checkCancelled();
        if (lists.size() == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "No session, order or customer has two products; events with the column sessionId are needed.");
        }
        String[] names = new String[rows.ids.size()];
        rows.ids.forEach((name, index) -> names[index] = name);
        training.job().progress(0.8, lists.size() + " sessions with several products");
        return Sessions.newest(new Items(names), lists, perProduct, new Sessions.Origin(training.data().position(), newest, byCustomer));
    }

    private void add(ColumnBatch batch) {
        String[] types = batch.texts("type");
        String[] who = batch.texts("customerId");
        String[] sessions = batch.texts("sessionId");
        String[] names = batch.texts("productId");
        long[] times = batch.times("time");
        for (int row = 0; row < batch.size(); row++) {
            if (counts(names[row], sessions[row], who[row], types[row])) {
                grow();
                String session = visit(sessions[row], who[row]);
                visit[size] = index(visits, session);
                customer[size] = index(customers, who[row] != null ? visit(null, who[row]) : session);
                product[size] = index(ids, names[row]);
                time[size++] = times[row];
            }
        }
    }

    /** Whether a deed belongs to a visit. */
    static boolean counts(String product, String session, String customer, String type) {
        return product != null && (session != null || customer != null) && DEEDS.contains(type);
    }

    /** The name of a deed's visit. */
    static String visit(String session, String customer) {
        return session != null ? "s" + session : "c" + customer;
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
}
