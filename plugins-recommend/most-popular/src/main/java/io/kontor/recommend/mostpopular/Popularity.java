package io.kontor.recommend.mostpopular;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Products by how many customers chose them, the most chosen first. Immutable; holds no customer. */
final class Popularity {

    private static final int FORMAT = 1;

    private final List<Entry> entries;

    /**
     * Made of products in their order.
     *
     * @param entries the best first
     */
    Popularity(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * A product and its standing.
     *
     * @param product its id
     * @param score the sum of what its choices count
     * @param customers how many chose it
     */
    record Entry(String product, double score, int customers) {
    }

    List<Entry> entries() {
        return entries;
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(FORMAT);
        data.writeInt(entries.size());
        for (Entry entry : entries) {
            data.writeUTF(entry.product);
            data.writeDouble(entry.score);
            data.writeInt(entry.customers);
        }
        data.flush();
    }

    static Popularity read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int format = data.readInt();
        if (format != FORMAT) {
            throw new IOException("this is no popularity model of format " + FORMAT);
        }
        int size = data.readInt();
        if (size < 1) {
            throw new IOException("the model has " + size + " products");
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> once = new HashSet<>();
        double last = Double.MAX_VALUE;
        for (int rank = 0; rank < size; rank++) {
            Entry entry = new Entry(data.readUTF(), data.readDouble(), data.readInt());
            if (!once.add(entry.product)) {
                throw new IOException("the model has the product " + entry.product + " twice");
            }
            if (!(entry.score >= 0 && entry.score <= last) || entry.customers < 1) {
                throw new IOException("the product " + entry.product + " is out of order or its numbers are impossible");
            }
            last = entry.score;
            entries.add(entry);
        }
        return new Popularity(entries);
    }
}
