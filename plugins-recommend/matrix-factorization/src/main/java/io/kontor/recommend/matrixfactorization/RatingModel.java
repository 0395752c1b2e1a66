package io.kontor.recommend.matrixfactorization;

import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import io.kontor.api.job.JobContext;
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

/**
 * The model: factors and a bias for each product, and how training went. Immutable; holds no customer; safe for use by many threads.
 */
final class RatingModel {

    private static final int FORMAT = 0x4d465232;
    private static final int MOST_FACTORS = 512;
    private static final int FIRST_ROOM = 1 << 14;

    private final Items items;
    private final Counting counting;
    private final Scale scale;
    private final int factors;
    private final float[] rows;
    private final PackedRows packed;
    private final float[] gram;
    private final Course course;

    /**
     * What values mean.
     *
     * @param explicit whether they are ratings
     * @param mean of all
     * @param good what a choice without a rating stands for
     * @param regularisation of a value
     * @param unobserved weight of each pair of a customer and a product without ratings, a choice having 1; 0 for ratings
     */
    record Scale(boolean explicit, float mean, float good, float regularisation, float unobserved) {

        void write(DataOutputStream out) throws IOException {
            out.writeBoolean(explicit);
            out.writeFloat(mean);
            out.writeFloat(good);
            out.writeFloat(regularisation);
            out.writeFloat(unobserved);
        }

        static Scale read(DataInputStream in) throws IOException {
            return new Scale(in.readBoolean(), in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat());
        }
    }

    /**
     * A model of what was learned.
     *
     * @param items the products
     * @param counting how much deeds count
     * @param scale what values mean
     * @param factors how many
     * @param rows one a product: its factors and its bias
     * @param course how training went
     */
    RatingModel(Items items, Counting counting, Scale scale, int factors, float[] rows, Course course) {
        this.items = items;
        this.counting = counting;
        this.scale = scale;
        this.factors = factors;
        this.rows = rows;
        this.course = course;
        packed = new PackedRows(rows, items.size(), factors + 1);
        gram = scale.explicit() ? new float[0] : Kernels.gram(seen(), items.size(), stride(), JobContext.unwatched());
    }

    // What a customer's vector meets of each product: its factors, 1 for the customer's bias, and what is expected of it anyway.
    private float[] seen() {
        float[] seen = new float[items.size() * stride()];
        for (int product = 0; product < items.size(); product++) {
            seen(product, seen, product * stride());
        }
        return seen;
    }

    /** Copies a product's factors, 1, and the value that is expected of anybody. */
    void seen(int product, float[] into, int at) {
        System.arraycopy(rows, product * (factors + 1), into, at, factors);
        into[at + factors] = 1;
        into[at + factors + 1] = expected(product);
    }

    /** The value that is expected of anybody. */
    float expected(int product) {
        return scale.mean() + rows[product * (factors + 1) + factors];
    }

    /** Length of what {@link #seen} copies, with padding. */
    int stride() {
        return (factors + 2 + Kernels.PADDING - 1) / Kernels.PADDING * Kernels.PADDING;
    }

    /** The sum over all products of what is seen of them times itself; empty for ratings. */
    float[] gram() {
        return gram;
    }

    Items items() {
        return items;
    }

    Counting counting() {
        return counting;
    }

    Scale scale() {
        return scale;
    }

    int factors() {
        return factors;
    }

    Course course() {
        return course;
    }

    /** What is predicted of all products for a customer's factors, but for what is the same for all of them. */
    float[] scores(float[] vector) {
        float[] own = Arrays.copyOf(vector, factors + 1);
        own[factors] = 1;
        float[] scores = new float[items.size()];
        packed.scores(own, scores);
        return scores;
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        counting.write(data);
        scale.write(data);
        course.write(data);
        items.write(data);
        data.writeInt(factors);
        for (float each : rows) {
            data.writeFloat(each);
        }
        data.flush();
    }

    static RatingModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        check(data.readInt() == FORMAT);
        Counting counting = Counting.read(data);
        Scale scale = Scale.read(data);
        Course course = Course.read(data);
        Items items = Items.read(data);
        int factors = data.readInt();
        long size = (long) items.size() * (factors + 1);
        check(items.size() > 0 && factors > 0 && factors <= MOST_FACTORS && size < Integer.MAX_VALUE - 64);
        float[] rows = new float[(int) Math.min(size, FIRST_ROOM)];
        for (int i = 0; i < size; i++) {
            if (i == rows.length) {
                rows = Arrays.copyOf(rows, (int) Math.min(size, 2L * i));
            }
            rows[i] = data.readFloat();
            check(Float.isFinite(rows[i]));
        }
        return new RatingModel(items, counting, scale, factors, rows, course);
    }

    private static void check(boolean right) throws IOException {
        if (!right) {
            throw new IOException("this is no model of ratings, or it is damaged");
        }
    }
}
