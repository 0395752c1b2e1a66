package io.kontor.recommend.shelves;

import io.kontor.api.choice.Items;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.model.Training;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Which products came from and to which occasion: an order, a visit or a customer. For one thread. */
final class Meetings {

    /** The latest products of an occasion that count: more come from robots and wholesalers. */
    private static final int MOST_PRODUCTS = 200;
    private static final byte FROM = 1;
    private static final byte TO = 2;
    private static final int FIRST_ROOM = 1 << 12;

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> occasions = new HashMap<>();
    private int[] occasion = new int[FIRST_ROOM];
    private int[] product = new int[FIRST_ROOM];
    private byte[] way = new byte[FIRST_ROOM];
    private int size;
    private boolean directed;

    private Meetings() {
    }

    /**
     * Reads what a snapshot has.
     *
     * @param training the data and the job
     * @param zone says where days begin
     * @param adding what becomes of a row
     * @return the meetings
     */
    static Meetings read(Training training, ZoneId zone, BiConsumer<Meetings, Deed> adding) {
        Meetings meetings = new Meetings();
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            String[] types = batch.texts("type");
            String[] customers = batch.texts("customerId");
            String[] sessions = batch.texts("sessionId");
            String[] products = batch.texts("productId");
            long[] times = batch.times("time");
            for (int row = 0; row < batch.size(); row++) {
                if (products[row] != null) {
                    adding.accept(meetings, new Deed(types[row], customers[row], sessions[row], products[row],
                            Instant.ofEpochMilli(times[row]).atZone(zone).toLocalDate()));
                }
            }
        });
        training.job().progress(0.3, meetings.size + " deeds read");
        return meetings;
    }

    /** Takes a product that comes both from and to an occasion; none without one. */
    void both(String which, Deed deed) {
        add(which, deed, (byte) (FROM | TO));
    }

    /** Takes a product that comes from an occasion, from now on; none without one. */
    void from(String which, Deed deed) {
        add(which, deed, FROM);
    }

    /** Takes a product that comes to an occasion now; none without one. */
    void to(String which, Deed deed) {
        add(which, deed, TO);
    }

    private void add(String which, Deed deed, byte ways) {
        if (which == null) {
            return;
        }
        if (size == product.length) {
            int more = Math.toIntExact(size + (size >> 1) + 1L);
            occasion = Arrays.copyOf(occasion, more);
            product = Arrays.copyOf(product, more);
            way = Arrays.copyOf(way, more);
        }
        occasion[size] = occasions.computeIfAbsent(which, key -> occasions.size());
        product[size] = ids.computeIfAbsent(deed.product(), id -> ids.size());
        way[size++] = ways;
        directed |= ways != (FROM | TO);
    }

    /** Whether it makes a difference which of two products came first. */
    boolean directed() {
        return directed;
    }

    /** The products in the order in which the rows first name them. */
    Items items() {
        String[] names = new String[ids.size()];
        ids.forEach((name, index) -> names[index] = name);
        return new Items(names);
    }

    /** A row an occasion, a cell a product that comes from it, with how many others came before its first time. */
    SparseMatrix from() {
        return matrix(FROM, true);
    }

    /** A row an occasion, a cell a product that comes to it, with how many others came before its last time. */
    SparseMatrix to() {
        return matrix(TO, false);
    }

    private SparseMatrix matrix(byte wanted, boolean first) {
        int[] begins = new int[occasions.size() + 1];
        int[] order = grouped(begins);
        int[] starts = new int[begins.length];
        int[] cells = new int[size];
        float[] values = new float[size];
        int[] place = new int[ids.size()];
        Arrays.fill(place, -1);
        int count = 0;
        for (int one = 0; one < begins.length - 1; one++) {
            int begin = count;
            // From the latest to the first, so that the latest products are those that count.
            for (int at = begins[one + 1] - 1; at >= begins[one]; at--) {
                int what = product[order[at]];
                if ((way[order[at]] & wanted) == 0) {
                    continue;
                }
                if (place[what] < begin && count - begin < MOST_PRODUCTS) {
                    place[what] = count;
                    cells[count] = what;
                    values[count++] = at - begins[one];
                } else if (place[what] >= begin && first) {
                    values[place[what]] = at - begins[one];
                }
            }
            starts[one + 1] = count;
        }
        return new SparseMatrix(ids.size(), starts, Arrays.copyOf(cells, count), Arrays.copyOf(values, count));
    }

    // Rows grouped by occasion, in order of time within one: a counting sort.
    private int[] grouped(int[] begins) {
        for (int row = 0; row < size; row++) {
            begins[occasion[row] + 1]++;
        }
        for (int one = 0; one + 1 < begins.length; one++) {
            begins[one + 1] += begins[one];
        }
        int[] next = begins.clone();
        int[] order = new int[size];
        for (int row = 0; row < size; row++) {
            order[next[occasion[row]]++] = row;
        }
        return order;
    }
}
