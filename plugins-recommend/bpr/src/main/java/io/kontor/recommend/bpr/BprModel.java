package io.kontor.recommend.bpr;

import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.PackedRows;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** The model: factors and a bias for each product. Immutable; holds no customer; safe for use by many threads. */
final class BprModel {

    private static final int FORMAT = 0x42505233;
    private static final int FIRST_ROOM = 1 << 14;

    private final Items items;
    private final Counting counting;
    private final Pace pace;
    private final int factors;
    private final float[] rows;
    private final PackedRows packed;

    /**
     * A model of what was learned.
     *
     * @param items the products
     * @param counting how much deeds count
     * @param pace as in training
     * @param rows one a product: its factors and its bias
     */
    BprModel(Items items, Counting counting, Pace pace, float[] rows) {
        this.items = items;
        this.counting = counting;
        this.pace = pace;
        this.factors = pace.factors();
        this.rows = rows;
        packed = new PackedRows(rows, items.size(), factors + 1);
    }

    Items items() {
        return items;
    }

    Counting counting() {
        return counting;
    }

    Pace pace() {
        return pace;
    }

    int factors() {
        return factors;
    }

    /** A factor of a product; its bias comes after the last one. */
    float value(int product, int factor) {
        return rows[product * (factors + 1) + factor];
    }

    /** The score of a product for a customer's factors, behind which stands 1. */
    float score(float[] vector, int product) {
        return Kernels.dot(vector, 0, rows, product * (factors + 1), factors + 1);
    }

    /** The score of a product for factors in an array, without its bias. */
    float score(float[] vectors, int at, int product) {
        return Kernels.dot(vectors, at, rows, product * (factors + 1), factors);
    }

    /** What one product has more than another one of each factor and of the bias. */
    void gap(int better, int worse, float[] into) {
        System.arraycopy(rows, better * (factors + 1), into, 0, factors + 1);
        Kernels.axpy(-1, rows, worse * (factors + 1), into, 0, factors + 1);
    }

    /** The scores of all products for a customer's factors, behind which stands 1. */
    float[] scores(float[] vector) {
        float[] scores = new float[items.size()];
        packed.scores(vector, scores);
        return scores;
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        counting.write(data);
        pace.write(data);
        items.write(data);
        for (float each : rows) {
            data.writeFloat(each);
        }
        data.flush();
    }

    static BprModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        check(data.readInt() == FORMAT);
        Counting counting = Counting.read(data);
        Pace pace = Pace.read(data);
        Items items = Items.read(data);
        int factors = pace.factors();
        long size = (long) items.size() * (factors + 1);
        check(items.size() > 0 && size < Integer.MAX_VALUE - 64);
        float[] rows = new float[(int) Math.min(size, FIRST_ROOM)];
        for (int i = 0; i < size; i++) {
            if (i == rows.length) {
                rows = Arrays.copyOf(rows, (int) Math.min(size, 2L * i));
            }
            rows[i] = data.readFloat();
            check(Float.isFinite(rows[i]));
        }
        return new BprModel(items, counting, pace, rows);
    }

    private static void check(boolean right) throws IOException {
        if (!right) {
            throw new IOException("this is no model of pairwise ranking, or it is damaged");
        }
    }
}
