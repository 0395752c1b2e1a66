package io.kontor.recommend.mostpopular;

import io.kontor.api.KontorException;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who chose what and when, as it is read: 16 bytes a choice, and each name once. An actor is a customer, or the session or order where no
 * customer is known.
 */
final class Choices {

    private static final Set<String> TYPES = Set.of("purchase", "cart", "click", "view", "rating");
    private static final double DAY_MILLIS = 86_400_000.0;
    private static final int FIRST_ROOM = 4_096;
    private static final int CHECK_EVERY = 0xfff;

    private final Map<String, Integer> actors = new HashMap<>();
    private final Map<String, Integer> products = new HashMap<>();
    private int[] actor = new int[FIRST_ROOM];
    private int[] product = new int[FIRST_ROOM];
    private long[] time = new long[FIRST_ROOM];
    private int size;

    private Choices() {
    }

    /**
     * Reads all choices.
     *
     * @param training the data and the job
     * @return at least one choice, in order of time
     * @throws KontorException of kind DATA when there is none
     */
    static Choices read(Training training) {
        Choices choices = new Choices();
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            choices.add(batch);
        });
        if (choices.size == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "There are no purchases, carts, clicks, views or ratings to count; import orders or events first.");
        }
        training.job().progress(0.7, choices.size + " choices read");
        return choices;
    }

    private void add(ColumnBatch batch) {
        String[] types = batch.texts("type");
        String[] customers = batch.texts("customerId");
        String[] sessions = batch.texts("sessionId");
        String[] names = batch.texts("productId");
        long[] times = batch.times("time");
        for (int row = 0; row < batch.size(); row++) {
            String who = customers[row] != null ? "c" + customers[row] : sessions[row] != null ? "s" + sessions[row] : null;
            if (names[row] != null && who != null && TYPES.contains(types[row])) {
                if (size == time.length) {
                    actor = Arrays.copyOf(actor, size * 2);
                    product = Arrays.copyOf(product, size * 2);
                    time = Arrays.copyOf(time, size * 2);
                }
                actor[size] = actors.computeIfAbsent(who, name -> actors.size());
                product[size] = products.computeIfAbsent(names[row], name -> products.size());
                time[size++] = times[row];
            }
        }
    }

    /**
     * Counts for each product the actors who chose it, each once and as of the last time.
     *
     * @param halfLifeDays after how many days before the newest choice one counts half; 0 for never
     * @param job is asked whether to go on
     * @return the products by score, equal ones by id
     */
    Popularity count(int halfLifeDays, JobContext job) {
        int[] starts = new int[products.size() + 1];
        int[] rows = byProduct(starts);
        int[] counted = new int[actors.size()];
        List<Popularity.Entry> entries = new ArrayList<>(products.size());
        products.forEach((name, index) -> {
            if ((entries.size() & CHECK_EVERY) == 0) {
                job.checkCancelled();
            }
            double score = 0;
            int customers = 0;
            for (int i = starts[index + 1] - 1; i >= starts[index]; i--) {
                int row = rows[i];
                if (counted[actor[row]] != index + 1) {
                    counted[actor[row]] = index + 1;
                    customers++;
                    score += halfLifeDays == 0 ? 1 : Math.pow(0.5, (time[size - 1] - time[row]) / DAY_MILLIS / halfLifeDays);
                }
            }
            entries.add(new Popularity.Entry(name, score, customers));
        });
        entries.sort(Comparator.comparingDouble(Popularity.Entry::score).reversed().thenComparing(Popularity.Entry::product));
        return new Popularity(entries);
    }

    /** Rows grouped by product, in order of time within one: a counting sort. */
    private int[] byProduct(int[] starts) {
        for (int row = 0; row < size; row++) {
            starts[product[row] + 1]++;
        }
        for (int index = 0; index < products.size(); index++) {
            starts[index + 1] += starts[index];
        }
        int[] next = starts.clone();
        int[] rows = new int[size];
        for (int row = 0; row < size; row++) {
            rows[next[product[row]]++] = row;
        }
        return rows;
    }
}
