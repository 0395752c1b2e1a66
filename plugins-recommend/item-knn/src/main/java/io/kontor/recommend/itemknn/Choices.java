package io.kontor.recommend.itemknn;

import io.kontor.api.KontorException;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Training;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Who chose which products and how much it counts, as a sparse matrix by actor. An actor is a customer, or the session or order where no
 * customer is known. Names of actors are forgotten once the matrix is there.
 */
final class Choices {

    /** The latest products of an actor that count: more would cost squarely and come from robots and wholesalers. */
    static final int MOST_PRODUCTS = 500;

    private static final double DAY_MILLIS = 86_400_000.0;
    private static final double GOOD_RATING = 0.6;

    private final String[] products;
    private final double goodRating;
    private final int[] starts;
    private final int[] chosen;
    private final float[] weights;

    private Choices(String[] products, double goodRating, int[] starts, int[] chosen, float[] weights) {
        this.products = products;
        this.goodRating = goodRating;
        this.starts = starts;
        this.chosen = chosen;
        this.weights = weights;
    }

    /**
     * How much a deed counts as a choice.
     *
     * @param type as in the interactions
     * @return 0 to 1; 0 when it is none
     */
    static float weight(String type) {
        return switch (type) {
            case "purchase", "rating" -> 1;
            case "cart" -> 0.6f;
            case "click", "view" -> 0.3f;
            default -> 0;
        };
    }

    static Choices read(Training training, int halfLifeDays) {
        Rows rows = new Rows();
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            rows.add(batch);
        });
        training.job().progress(0.3, rows.size + " choices read");
        if (rows.size == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "There are no purchases, carts, clicks, views or ratings of known customers or sessions; import orders or events first.");
        }
        return rows.matrix(halfLifeDays, training.job());
    }

    /** The rows as they come, in order of time. */
    private static final class Rows {

        private final Map<String, Integer> actors = new HashMap<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private int[] actor = new int[4096];
        private int[] product = new int[4096];
        private float[] weight = new float[4096];
        private float[] rating = new float[4096];
        private long[] time = new long[4096];
        private float highest;
        private int size;

        void add(ColumnBatch batch) {
            String[] types = batch.texts("type");
            String[] customers = batch.texts("customerId");
            String[] sessions = batch.texts("sessionId");
            String[] names = batch.texts("productId");
            double[] values = batch.numbers("value");
            long[] times = batch.times("time");
            for (int row = 0; row < batch.size(); row++) {
                float counts = weight(types[row]);
                String who = customers[row] != null ? "c" + customers[row] : sessions[row] != null ? "s" + sessions[row] : null;
                if (counts > 0 && who != null && names[row] != null) {
                    float stars = types[row].equals("rating") ? (float) values[row] : Float.NaN;
                    highest = Math.max(highest, Float.isNaN(stars) ? 0 : stars);
                    add(actors.computeIfAbsent(who, w -> actors.size()), ids.computeIfAbsent(names[row], p -> ids.size()), counts, stars,
                            times[row]);
                }
            }
        }

        private void add(int who, int what, float counts, float stars, long when) {
            if (size == actor.length) {
                int more = size * 2;
                actor = Arrays.copyOf(actor, more);
                product = Arrays.copyOf(product, more);
                weight = Arrays.copyOf(weight, more);
                rating = Arrays.copyOf(rating, more);
                time = Arrays.copyOf(time, more);
            }
            actor[size] = who;
            product[size] = what;
            weight[size] = counts;
            rating[size] = stars;
            time[size++] = when;
        }

        Choices matrix(int halfLifeDays, JobContext job) {
            double good = GOOD_RATING * highest;
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
                    float counts = rating[r] < good ? 0 : weight[r] * decay(time[r], halfLifeDays);
                    if (counts > 0 && best[product[r]] == 0 && count - first < MOST_PRODUCTS) {
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
            String[] names = new String[ids.size()];
            ids.forEach((name, index) -> names[index] = name);
            return new Choices(names, good, starts, Arrays.copyOf(chosen, count), Arrays.copyOf(weights, count));
        }

        private float decay(long when, int halfLifeDays) {
            return halfLifeDays == 0 ? 1 : (float) Math.pow(0.5, (time[size - 1] - when) / DAY_MILLIS / halfLifeDays);
        }

        /** Row indices grouped by actor, in order of time within one: a counting sort. */
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

    String[] products() {
        return products;
    }

    /** The lowest rating that counts as a choice. */
    double goodRating() {
        return goodRating;
    }

    int actors() {
        return starts.length - 1;
    }

    /** Where an actor's choices begin. */
    int start(int actor) {
        return starts[actor];
    }

    /** The product of a choice. */
    int product(int choice) {
        return chosen[choice];
    }

    /** How much a choice counts. */
    float weight(int choice) {
        return weights[choice];
    }

    int size() {
        return chosen.length;
    }
}
