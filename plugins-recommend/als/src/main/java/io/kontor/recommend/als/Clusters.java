package io.kontor.recommend.als;

import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.PackedRows;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Products whose vectors point alike, for a search that looks only where a customer's vector points to: directions are clustered (spherical
 * k-means: Dhillon and Modha 2001, "Concept decompositions for large sparse text data using clustering"), products stand cluster by cluster
 * with the longest vectors of each first. Immutable.
 */
final class Clusters {

    private static final int MOST = 4_096;
    private static final int SAMPLED_OF_A_CLUSTER = 48;
    private static final int ROUNDS = 6;
    private static final int CHUNK = 4_096;

    private final PackedRows centres;
    private final int[] begins;

    private Clusters(PackedRows centres, int[] begins) {
        this.centres = centres;
        this.begins = begins;
    }

    int size() {
        return centres.size();
    }

    /** Where the products of a cluster begin; those of the last one end at the number of clusters. */
    int begin(int cluster) {
        return begins[cluster];
    }

    /** How far a vector points to each cluster, its length included. */
    float[] near(float[] vector) {
        int width = centres.width();
        float[] near = new float[(centres.size() + width - 1) / width * width];
        for (int strip = 0; strip * width < centres.size(); strip++) {
            centres.scores(strip, vector, near, strip * width);
        }
        return Arrays.copyOf(near, centres.size());
    }

    /**
     * Finds clusters, about as many as the root of the number of vectors.
     *
     * @param rows vectors, those that should come first within a cluster first
     * @param factors length of a vector
     * @param seed where to begin
     * @param order gets the numbers of the vectors in the order of the clusters
     * @param job allows threads
     * @return the clusters
     */
    static Clusters of(float[] rows, int factors, long seed, int[] order, JobContext job) {
        int size = order.length;
        int count = (int) Math.min(MOST, Math.max(1, Math.round(Math.sqrt(size))));
        SplittableRandom random = new SplittableRandom(seed);
        int[] sample = random.ints(Math.min(size, (long) count * SAMPLED_OF_A_CLUSTER), 0, size).toArray();
        float[] centres = new float[count * factors];
        for (int c = 0; c < count; c++) {
            direction(rows, sample[c * (sample.length / count)] * factors, factors, centres, c * factors);
        }
        float[] directions = new float[sample.length * factors];
        for (int i = 0; i < sample.length; i++) {
            direction(rows, sample[i] * factors, factors, directions, i * factors);
        }
        for (int round = 0; round < ROUNDS; round++) {
            job.checkCancelled();
            int[] nearest = nearest(directions, sample.length, centres, count, factors, job);
            float[] sums = new float[centres.length];
            for (int i = 0; i < sample.length; i++) {
                Kernels.axpy(1, directions, i * factors, sums, nearest[i] * factors, factors);
            }
            for (int c = 0; c < count; c++) {
                // A cluster that lost all of its vectors stays where it was.
                direction(sums, c * factors, factors, centres, c * factors);
            }
        }
        int[] nearest = nearest(rows, size, centres, count, factors, job);
        int[] begins = new int[count + 1];
        for (int cluster : nearest) {
            begins[cluster + 1]++;
        }
        for (int c = 0; c < count; c++) {
            begins[c + 1] += begins[c];
        }
        int[] next = Arrays.copyOf(begins, count);
        for (int row = 0; row < size; row++) {
            order[next[nearest[row]]++] = row;
        }
        return new Clusters(new PackedRows(centres, count, factors), begins);
    }

    private static void direction(float[] from, int at, int factors, float[] to, int toAt) {
        float length = (float) Math.sqrt(Kernels.dot(from, at, from, at, factors));
        for (int k = 0; k < factors && length > 0; k++) {
            to[toAt + k] = from[at + k] / length;
        }
    }

    private static int[] nearest(float[] rows, int size, float[] centres, int count, int factors, JobContext job) {
        int[] nearest = new int[size];
        float[] chunk = new float[Math.min(CHUNK, size) * factors];
        float[] products = new float[Math.min(CHUNK, size) * count];
        for (int first = 0; first < size; first += CHUNK) {
            job.checkCancelled();
            int here = Math.min(CHUNK, size - first);
            System.arraycopy(rows, first * factors, chunk, 0, here * factors);
            Kernels.product(chunk, here, centres, count, factors, products, job);
            for (int i = 0; i < here; i++) {
                int best = 0;
                for (int c = 1; c < count; c++) {
                    best = products[i * count + c] > products[i * count + best] ? c : best;
                }
                nearest[first + i] = best;
            }
        }
        return nearest;
    }

    void write(DataOutputStream out, int factors) throws IOException {
        out.writeInt(centres.size());
        float[] centre = new float[factors];
        for (int c = 0; c < centres.size(); c++) {
            out.writeInt(begins[c + 1]);
            centres.copy(c, centre, 0);
            for (float each : centre) {
                out.writeFloat(each);
            }
        }
    }

    static Clusters read(DataInputStream in, int factors, int products) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MOST) {
            throw new IOException("the model has " + count + " clusters");
        }
        int[] begins = new int[count + 1];
        float[] centres = new float[count * factors];
        for (int c = 0; c < count; c++) {
            begins[c + 1] = in.readInt();
            if (begins[c + 1] < begins[c] || begins[c + 1] > products) {
                throw new IOException("the clusters of the model are not in order");
            }
            for (int k = 0; k < factors; k++) {
                centres[c * factors + k] = in.readFloat();
                if (!Float.isFinite(centres[c * factors + k])) {
                    throw new IOException("a centre of the model is no number");
                }
            }
        }
        if (begins[count] != products) {
            throw new IOException("the clusters of the model do not have all of its products");
        }
        return new Clusters(new PackedRows(centres, count, factors), begins);
    }
}
