package io.kontor.recommend.als;

import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.Packed;
import io.kontor.bundles.kernels.PackedBytes;
import io.kontor.bundles.kernels.PackedRows;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The model: a vector of factors for each product along the principal axes of all, those with the longest vectors first, so that a search for
 * the best may end early; of more than a million products, cluster by cluster. Immutable; holds no customer; safe for use by many threads.
 */
final class ItemFactors {

    private static final int FORMAT = 0x414c5334;
    private static final int MOST_FACTORS = 512;
    private static final int CHUNK = 1 << 14;
    /** Beyond so many products not all are looked at. */
    private static final int MOST_EXACT = 1_000_000;

    private final Items items;
    private final Counting counting;
    private final Evenness evenness;
    private final Strengths strengths;
    private final int factors;
    private final Packed vectors;
    private final float[] energies;
    private final float[] longest;
    private final Clusters clusters;

    ItemFactors(Items items, Counting counting, Evenness evenness, Strengths strengths, int factors, Packed vectors,
            Clusters clusters) {
        this.clusters = clusters;
        this.items = items;
        this.counting = counting;
        this.evenness = evenness;
        this.strengths = strengths;
        this.factors = factors;
        this.vectors = vectors;
        float[] row = new float[stride()];
        double[] sums = new double[factors];
        longest = new float[(items.size() + vectors.width() - 1) / vectors.width()];
        for (int item = 0; item < items.size(); item++) {
            vectors.copy(item, row, 0);
            double squared = 0;
            for (int k = 0; k < factors; k++) {
                squared += row[k] * row[k];
                sums[k] += row[k] * row[k];
            }
            int strip = item / vectors.width();
            longest[strip] = Math.max(longest[strip], (float) Math.sqrt(squared));
        }
        for (int strip = longest.length - 2; strip >= 0 && clusters == null; strip--) {
            longest[strip] = Math.max(longest[strip], longest[strip + 1]);
        }
        energies = new float[factors];
        for (int k = 0; k < factors; k++) {
            energies[k] = (float) (strengths.unobserved() * sums[k]);
        }
    }

    /**
     * A model of what was learned.
     *
     * @param items the products
     * @param counting how much deeds count
     * @param evenness how much each choice counted
     * @param strengths as in training
     * @param factors how many
     * @param learned the products' vectors, padded
     * @param bytes whether to keep eight bits of each factor
     * @return the model; its products are in another order
     */
    static ItemFactors of(Items items, Counting counting, Evenness evenness, Strengths strengths, int factors, float[] learned,
            boolean bytes) {
        return of(items, counting, evenness, strengths, factors, learned, bytes, MOST_EXACT);
    }

    static ItemFactors of(Items items, Counting counting, Evenness evenness, Strengths strengths, int factors, float[] learned,
            boolean bytes, int mostExact) {
        int stride = Factorisation.stride(factors);
        float[] lengths = new float[items.size()];
        for (int item = 0; item < lengths.length; item++) {
            lengths[item] = Kernels.dot(learned, item * stride, learned, item * stride, stride);
        }
        int[] byLength = IntStream.range(0, lengths.length).boxed()
                .sorted((a, b) -> lengths[a] == lengths[b] ? Integer.compare(a, b) : Float.compare(lengths[b], lengths[a]))
                .mapToInt(Integer::intValue).toArray();
        int[] order = byLength;
        float[] sorted = rows(learned, stride, factors, order);
        Clusters clusters = null;
        if (order.length > mostExact) {
            int[] clustered = new int[order.length];
            clusters = Clusters.of(sorted, factors, order.length, clustered, JobContext.unwatched());
            order = Arrays.stream(clustered).map(at -> byLength[at]).toArray();
            sorted = rows(learned, stride, factors, order);
        }
        String[] ids = new String[order.length];
        for (int i = 0; i < order.length; i++) {
            ids[i] = items.id(order[i]);
        }
        Packed vectors = bytes ? bytes(sorted, factors) : new PackedRows(sorted, order.length, factors);
        return new ItemFactors(new Items(ids), counting, evenness.ordered(order), strengths, factors, vectors, clusters);
    }

    private static float[] rows(float[] learned, int stride, int factors, int[] order) {
        float[] rows = new float[order.length * factors];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(learned, order[i] * stride, rows, i * factors, factors);
        }
        return rows;
    }

    private static PackedBytes bytes(float[] rows, int factors) {
        float[] scales = new float[rows.length / factors];
        byte[] steps = new byte[rows.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = PackedBytes.scale(rows, i * factors, factors);
            for (int k = 0; k < factors; k++) {
                steps[i * factors + k] = PackedBytes.step(rows[i * factors + k], scales[i]);
            }
        }
        return new PackedBytes(steps, scales, factors);
    }

    Items items() {
        return items;
    }

    Counting counting() {
        return counting;
    }

    Evenness evenness() {
        return evenness;
    }

    Strengths strengths() {
        return strengths;
    }

    int factors() {
        return factors;
    }

    int stride() {
        return Factorisation.stride(factors);
    }

    /** The products' vectors. */
    Packed vectors() {
        return vectors;
    }

    /** The sum of the squares of one factor of all products, times the weight of unobserved pairs. */
    float energy(int factor) {
        return energies[factor];
    }

    /** The clusters; empty when all products are looked at. */
    Optional<Clusters> clusters() {
        return Optional.ofNullable(clusters);
    }

    /** An upper bound of the lengths of the vectors of a strip, and of all after it where there are no clusters. */
    float longest(int strip) {
        return longest[strip];
    }

    /** How many strips there are. */
    int strips() {
        return longest.length;
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        counting.write(data);
        strengths.write(data);
        items.write(data);
        evenness.write(data);
        data.writeInt(factors);
        data.writeBoolean(clusters != null);
        if (clusters != null) {
            clusters.write(data, factors);
        }
        data.writeBoolean(vectors instanceof PackedBytes);
        float[] row = new float[factors];
        for (int item = 0; item < items.size(); item++) {
            vectors.copy(item, row, 0);
            if (vectors instanceof PackedBytes packed) {
                data.writeFloat(packed.scale(item));
                for (float each : row) {
                    data.writeByte(PackedBytes.step(each, packed.scale(item)));
                }
            } else {
                for (float each : row) {
                    data.writeFloat(each);
                }
            }
        }
        data.flush();
    }

    static ItemFactors read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        check(data.readInt() == FORMAT, "this is no model of factors");
        Counting counting = Counting.read(data);
        Strengths strengths = Strengths.read(data);
        Items items = Items.read(data);
        Evenness evenness = Evenness.read(data, items.size());
        int factors = data.readInt();
        check(items.size() > 0 && factors > 0 && factors <= MOST_FACTORS && (long) items.size() * factors < Integer.MAX_VALUE - 64,
                "the model's sizes are impossible");
        Clusters clusters = data.readBoolean() ? Clusters.read(data, factors, items.size()) : null;
        Packed vectors = data.readBoolean() ? readBytes(data, items.size(), factors) : readFloats(data, items.size(), factors);
        return new ItemFactors(items, counting, evenness, strengths, factors, vectors, clusters);
    }

    private static PackedBytes readBytes(DataInputStream data, int size, int factors) throws IOException {
        byte[] steps = new byte[size * factors];
        float[] scales = new float[size];
        for (int item = 0; item < size; item++) {
            scales[item] = data.readFloat();
            check(scales[item] >= 0 && Float.isFinite(scales[item]), "a scale of the model is no number");
            data.readFully(steps, item * factors, factors);
        }
        return new PackedBytes(steps, scales, factors);
    }

    private static PackedRows readFloats(DataInputStream data, int size, int factors) throws IOException {
        float[] rows = new float[Math.min(size * factors, CHUNK)];
        for (int i = 0; i < size * factors; i++) {
            if (i == rows.length) {
                rows = Arrays.copyOf(rows, (int) Math.min((long) size * factors, 2L * i));
            }
            rows[i] = data.readFloat();
            check(Float.isFinite(rows[i]), "a factor of the model is no number");
        }
        return new PackedRows(rows, size, factors);
    }

    private static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException(wrong);
        }
    }
}
