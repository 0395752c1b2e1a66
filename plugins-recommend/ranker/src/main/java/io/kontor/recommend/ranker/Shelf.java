package io.kontor.recommend.ranker;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How often each product was chosen and since when, in steps. Immutable. */
final class Shelf {

    /** Tenths of the products by how often they were chosen, and one more for products that nobody chose. */
    static final int POPULARITIES = 11;
    /** Younger than a week, a month, a quarter, a year; older; unknown. */
    static final int AGES = 6;

    private static final Set<String> CHOICES = Set.of("purchase", "cart", "click", "view", "rating");
    private static final long[] AGE_DAYS = {7, 30, 90, 365};
    private static final long DAY_MILLIS = 86_400_000;

    private final Map<String, Byte> popularity;
    private final Map<String, Byte> age;

    private Shelf(Map<String, Byte> popularity, Map<String, Byte> age) {
        this.popularity = popularity;
        this.age = age;
    }

    static Shelf of(Snapshot data, JobContext job) {
        Map<String, long[]> seen = new TreeMap<>();
        long[] last = {Long.MIN_VALUE};
        data.interactions(batch -> {
            job.checkCancelled();
            count(batch, seen, last);
        });
        long[] counts = seen.values().stream().mapToLong(one -> one[0]).sorted().toArray();
        Map<String, Byte> popularity = new HashMap<>();
        Map<String, Byte> age = new HashMap<>();
        seen.forEach((product, one) -> {
            int below = Arrays.binarySearch(counts, one[0]);
            while (below > 0 && counts[below - 1] == one[0]) {
                below--;
            }
            popularity.put(product, (byte) (1 + (POPULARITIES - 1) * (long) below / counts.length));
            age.put(product, (byte) step((last[0] - one[1]) / DAY_MILLIS));
        });
        return new Shelf(popularity, age);
    }

    private static void count(ColumnBatch batch, Map<String, long[]> seen, long[] last) {
        String[] products = batch.texts("productId");
        String[] types = batch.texts("type");
        long[] times = batch.times("time");
        for (int i = 0; i < batch.size(); i++) {
            if (products[i] != null && CHOICES.contains(types[i])) {
                seen.computeIfAbsent(products[i], first -> new long[] {0, Long.MAX_VALUE})[0]++;
                long[] one = seen.get(products[i]);
                one[1] = Math.min(one[1], times[i]);
                last[0] = Math.max(last[0], times[i]);
            }
        }
    }

    private static int step(long days) {
        int step = 0;
        while (step < AGE_DAYS.length && days >= AGE_DAYS[step]) {
            step++;
        }
        return step;
    }

    int popularity(String product) {
        return popularity.getOrDefault(product, (byte) 0);
    }

    int age(String product) {
        return age.getOrDefault(product, (byte) (AGES - 1));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(popularity.size());
        for (Map.Entry<String, Byte> one : new TreeMap<>(popularity).entrySet()) {
            out.writeUTF(one.getKey());
            out.writeByte(one.getValue());
            out.writeByte(age.get(one.getKey()));
        }
    }

    static Shelf read(DataInputStream in) throws IOException {
        Map<String, Byte> popularity = new HashMap<>();
        Map<String, Byte> age = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String product = in.readUTF();
            byte often = in.readByte();
            byte since = in.readByte();
            if (often < 0 || often >= POPULARITIES || since < 0 || since >= AGES) {
                throw new IOException("The model tells " + often + " and " + since + " of a product.");
            }
            popularity.put(product, often);
            age.put(product, since);
        }
        return new Shelf(popularity, age);
    }
}
