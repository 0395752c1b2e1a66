package io.kontor.recommend.shelves;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model: products in order, for all customers and for those of each place. Immutable; holds no customer; safe for use by many threads.
 *
 * @param wares the products
 * @param lists by place, that of all under the empty name
 */
record Leaders(Wares wares, Map<String, List<Entry>> lists) {

    private static final int FORMAT = 1;
    private static final int MOST_OF_PLACE = 2_000;

    /**
     * A product and its standing.
     *
     * @param product its index
     * @param score above 0
     * @param first the first number of its sentence
     * @param second the second
     */
    record Entry(int product, double score, double first, double second) {
    }

    /**
     * Puts products in order.
     *
     * @param wares the products
     * @param figures by place
     * @return the model
     */
    static Leaders of(Wares wares, Map<String, Figures> figures) {
        Map<String, List<Entry>> lists = new TreeMap<>();
        figures.forEach((place, found) -> {
            List<Entry> entries = new ArrayList<>();
            for (int product = 0; product < found.scores().length; product++) {
                if (found.scores()[product] > 0) {
                    entries.add(new Entry(product, found.scores()[product], found.first()[product], found.second()[product]));
                }
            }
            entries.sort(Comparator.comparingDouble(Entry::score).reversed().thenComparing(entry -> wares.items().id(entry.product)));
            lists.put(place, place.isEmpty() || entries.size() <= MOST_OF_PLACE ? entries : List.copyOf(entries.subList(0, MOST_OF_PLACE)));
        });
        return new Leaders(wares, lists);
    }

    /** The list of a place, or that of all where it has none. */
    List<Entry> of(String place) {
        List<Entry> own = lists.get(place);
        return own == null || own.isEmpty() ? lists.get("") : own;
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        wares.write(data);
        data.writeInt(lists.size());
        for (Map.Entry<String, List<Entry>> list : lists.entrySet()) {
            data.writeUTF(list.getKey());
            data.writeInt(list.getValue().size());
            for (Entry entry : list.getValue()) {
                data.writeInt(entry.product);
                data.writeDouble(entry.score);
                data.writeDouble(entry.first);
                data.writeDouble(entry.second);
            }
        }
        data.flush();
    }

    static Leaders read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        check(data.readInt() == FORMAT, "it is of another format");
        Wares wares = Wares.read(data);
        Map<String, List<Entry>> lists = new TreeMap<>();
        for (int left = data.readInt(); left > 0; left--) {
            String place = data.readUTF();
            List<Entry> entries = new ArrayList<>();
            double last = Double.MAX_VALUE;
            for (int rest = data.readInt(); rest > 0; rest--) {
                Entry entry = new Entry(data.readInt(), data.readDouble(), data.readDouble(), data.readDouble());
                check(entry.product >= 0 && entry.product < wares.items().size() && entry.score > 0 && entry.score <= last,
                        "a product is out of order");
                last = entry.score;
                entries.add(entry);
            }
            lists.put(place, entries);
        }
        check(lists.containsKey(""), "it has no list of all");
        return new Leaders(wares, lists);
    }

    static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of a shelf is damaged: " + wrong);
        }
    }
}
