package io.kontor.recommend.shelves;

import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.TopItems;
import io.kontor.api.job.JobContext;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A model: for each product those that it met more often than by chance, with the logarithm of the likelihood ratio of Dunning (1993, "Accurate
 * methods for the statistics of surprise and coincidence", section 5), which does not overrate the rare. Immutable; holds no customer; safe for
 * use by many threads. Its arrays are kept and not copied.
 *
 * @param wares the products
 * @param starts where the companions of a product begin, and where the last ones end
 * @param targets the companions, the strongest first
 * @param strengths the likelihood ratio of each, above 0
 * @param times how often each met the product
 */
record Companions(Wares wares, int[] starts, int[] targets, float[] strengths, int[] times) {

    private static final int FORMAT = 1;
    private static final int MOST = 50;
    private static final int FIRST_ROOM = 1 << 12;

    /**
     * Finds companions.
     *
     * @param wares the products
     * @param from a row an occasion, what comes from it and when
     * @param to what comes to it and when
     * @param least how often two must have met
     * @param job is told how far it is
     * @return the model; without any companions when no two met often enough
     */
    static Companions learn(Wares wares, SparseMatrix from, SparseMatrix to, int least, JobContext job) {
        SparseMatrix sources = from.transposed();
        int[] targetCounts = new int[to.columns()];
        for (int at = 0; at < to.size(); at++) {
            targetCounts[to.column(at)]++;
        }
        int[] met = new int[to.columns()];
        int[] touched = new int[to.columns()];
        TopItems strongest = new TopItems(MOST);
        int[] starts = new int[from.columns() + 1];
        int[] targets = new int[FIRST_ROOM];
        float[] strengths = new float[FIRST_ROOM];
        int[] times = new int[FIRST_ROOM];
        int size = 0;
        for (int source = 0; source < from.columns(); source++) {
            if ((source & 0xff) == 0) {
                job.checkCancelled();
                job.progress(0.3 + 0.65 * source / from.columns(), "Comparing products");
            }
            int count = 0;
            for (int at = sources.start(source); at < sources.start(source + 1); at++) {
                int occasion = sources.column(at);
                for (int cell = to.start(occasion); cell < to.start(occasion + 1); cell++) {
                    int target = to.column(cell);
                    if (target != source && (from == to || to.value(cell) > sources.value(at))) {
                        touched[count] = target;
                        count += met[target]++ == 0 ? 1 : 0;
                    }
                }
            }
            for (int i = 0; i < count; i++) {
                int target = touched[i];
                double ratio = met[target] < least ? 0 : ratio(met[target], sources.length(source), targetCounts[target], from.rows());
                if (ratio > 0) {
                    strongest.offer(target, (float) ratio);
                }
            }
            if (size + MOST > targets.length) {
                int more = Math.toIntExact(targets.length * 2L);
                targets = Arrays.copyOf(targets, more);
                strengths = Arrays.copyOf(strengths, more);
                times = Arrays.copyOf(times, more);
            }
            for (int target : strongest.drain()) {
                targets[size] = target;
                times[size] = met[target];
                strengths[size++] = (float) ratio(met[target], sources.length(source), targetCounts[target], from.rows());
            }
            for (int i = 0; i < count; i++) {
                met[touched[i]] = 0;
            }
            starts[source + 1] = size;
        }
        return new Companions(wares, starts, Arrays.copyOf(targets, size), Arrays.copyOf(strengths, size), Arrays.copyOf(times, size));
    }

    /**
     * The logarithm of the likelihood ratio, doubled: G squared of a table of two by two.
     *
     * @param both occasions with both products
     * @param one occasions with the first
     * @param other occasions with the second
     * @param all occasions
     * @return above 0 when they meet more often than by chance; 0 otherwise
     */
    static double ratio(double both, double one, double other, double all) {
        if (both * all <= one * other) {
            return 0;
        }
        return 2 * (term(both) + term(one - both) + term(other - both) + term(all - one - other + both)
                - term(one) - term(all - one) - term(other) - term(all - other) + term(all));
    }

    private static double term(double count) {
        return count <= 0 ? 0 : count * Math.log(count);
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        wares.write(data);
        for (int product = 0; product < wares.items().size(); product++) {
            data.writeByte(starts[product + 1] - starts[product]);
            for (int at = starts[product]; at < starts[product + 1]; at++) {
                data.writeInt(targets[at]);
                data.writeFloat(strengths[at]);
                data.writeInt(times[at]);
            }
        }
        data.flush();
    }

    static Companions read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        Leaders.check(data.readInt() == FORMAT, "it is of another format");
        Wares wares = Wares.read(data);
        int[] starts = new int[wares.items().size() + 1];
        int[] targets = new int[FIRST_ROOM];
        float[] strengths = new float[FIRST_ROOM];
        int[] times = new int[FIRST_ROOM];
        int size = 0;
        for (int product = 0; product < wares.items().size(); product++) {
            int length = data.readByte();
            Leaders.check(length >= 0 && length <= MOST, "a list is too long");
            if (size + MOST > targets.length) {
                targets = Arrays.copyOf(targets, Math.toIntExact(targets.length * 2L));
                strengths = Arrays.copyOf(strengths, targets.length);
                times = Arrays.copyOf(times, targets.length);
            }
            for (int i = 0; i < length; i++) {
                targets[size] = data.readInt();
                strengths[size] = data.readFloat();
                times[size] = data.readInt();
                Leaders.check(targets[size] >= 0 && targets[size] < wares.items().size() && strengths[size] > 0 && times[size] > 0,
                        "a companion is impossible");
                size++;
            }
            starts[product + 1] = size;
        }
        return new Companions(wares, starts, Arrays.copyOf(targets, size), Arrays.copyOf(strengths, size), Arrays.copyOf(times, size));
    }
}
