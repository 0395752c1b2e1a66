package io.kontor.api.choice;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.job.JobContext;
import java.util.Arrays;

/** The rows as they come, in order of time. For one thread. */
final class ChoiceRows {

    private static final double DAY_MILLIS = 86_400_000.0;
    private static final int FIRST_ROOM = 1 << 12;

    private final NameNumbers actors = new NameNumbers();
    private final NameNumbers ids = new NameNumbers();
    private int[] actor = new int[FIRST_ROOM];
    private int[] product = new int[FIRST_ROOM];
    private float[] weight = new float[FIRST_ROOM];
    private float[] day = new float[FIRST_ROOM];
    // Only where there are ratings.
    private float[] rating;
    private float highest = Float.NEGATIVE_INFINITY;
    private float most;
    private long begin;
    private int size;

    int size() {
        return size;
    }

    void add(ColumnBatch batch) {
        String[] types = batch.texts("type");
        String[] customers = batch.texts("customerId");
        String[] sessions = batch.texts("sessionId");
        String[] names = batch.texts("productId");
        double[] values = batch.numbers("value");
        long[] times = batch.times("time");
        for (int row = 0; row < batch.size(); row++) {
            float counts = Counting.raw(types[row]);
            String who = customers[row] != null ? "c" + customers[row] : sessions[row] != null ? "s" + sessions[row] : null;
            if (counts > 0 && who != null && names[row] != null) {
                float stars = types[row].equals("rating") ? (float) values[row] : Float.NaN;
                add(actors.of(who), ids.of(names[row]), counts, stars, times[row]);
            }
        }
    }

    private void add(int who, int what, float counts, float stars, long when) {
        if (size == actor.length) {
            int more = Math.toIntExact(size + (size >> 1) + 1L);
            actor = Arrays.copyOf(actor, more);
            product = Arrays.copyOf(product, more);
            weight = Arrays.copyOf(weight, more);
            day = Arrays.copyOf(day, more);
            rating = rating == null ? null : Arrays.copyOf(rating, more);
        }
        if (!Float.isNaN(stars)) {
            if (rating == null) {
                rating = new float[actor.length];
                Arrays.fill(rating, Float.NaN);
            }
            highest = Math.max(highest, stars);
        }
        if (rating != null) {
            rating[size] = stars;
        }
        begin = size == 0 ? when : begin;
        actor[size] = who;
        product[size] = what;
        weight[size] = counts;
        most = Math.max(most, counts);
        day[size++] = (float) ((when - begin) / DAY_MILLIS);
    }

    Choices choices(int halfLifeDays, JobContext job) {
        Counting counting = new Counting(rating == null ? Double.NEGATIVE_INFINITY : Counting.GOOD_RATING * highest, most);
        int[] order = byActor();
        int[] starts = new int[actors.size() + 1];
        int[] chosen = new int[size];
        float[] weights = new float[size];
        float[] best = new float[ids.size()];
        int count = 0;
        int end = size;
        // From the last actor to the first and from the newest row to the oldest; the matrix is laid out in that order.
        for (int a = actors.size() - 1; a >= 0; a--) {
            if ((a & 0xfff) == 0) {
                job.checkCancelled();
            }
            int first = count;
            int row = end - 1;
            for (; row >= 0 && actor[order[row]] == a; row--) {
                int r = order[row];
                boolean poor = rating != null && rating[r] < counting.goodRating();
                float counts = poor ? 0 : weight[r] / most * decay(day[r], halfLifeDays);
                if (counts > 0 && best[product[r]] == 0 && count - first < Choices.MOST_PRODUCTS) {
                    chosen[count++] = product[r];
                    best[product[r]] = counts;
                } else if (best[product[r]] > 0) {
                    best[product[r]] = Math.max(best[product[r]], counts);
                }
            }
            end = row + 1;
            for (int i = first; i < count; i++) {
                weights[i] = best[chosen[i]];
                best[chosen[i]] = 0;
            }
            starts[actors.size() - a] = count;
        }
        return new Choices(new Items(ids.names()), counting,
                new SparseMatrix(ids.size(), starts, Arrays.copyOf(chosen, count), Arrays.copyOf(weights, count)));
    }

    private float decay(float when, int halfLifeDays) {
        return halfLifeDays == 0 ? 1 : (float) Math.pow(0.5, (day[size - 1] - when) / halfLifeDays);
    }

    // Row indices grouped by actor, in order of time within one: a counting sort.
    private int[] byActor() {
        int[] next = new int[actors.size() + 1];
        for (int row = 0; row < size; row++) {
            next[actor[row] + 1]++;
        }
        for (int a = 0; a < actors.size(); a++) {
            next[a + 1] += next[a];
        }
        int[] order = new int[size];
        for (int row = 0; row < size; row++) {
            order[next[actor[row]]++] = row;
        }
        return order;
    }
}
