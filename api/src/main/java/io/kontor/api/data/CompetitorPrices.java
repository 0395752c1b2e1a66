package io.kontor.api.data;

import io.kontor.api.job.JobContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * At what prices competitors sold the products of a store, by the records of prices of the kind {@code competitor}. A record without an end
 * holds until the next one of the same source. Of several sources the geometric mean is taken. Immutable; safe for use by several threads.
 */
public final class CompetitorPrices {

    private final Map<String, Map<String, Track>> products = new HashMap<>();

    private CompetitorPrices() {
    }

    /**
     * Reads a store's records.
     *
     * @param data the records
     * @param job is asked now and then whether the work is still wanted
     * @return the prices; without any when the store has recorded none
     */
    public static CompetitorPrices of(Snapshot data, JobContext job) {
        CompetitorPrices all = new CompetitorPrices();
        data.read(Entity.PRICES, batch -> {
            job.checkCancelled();
            String[] kinds = batch.texts("kind");
            String[] ids = batch.texts("productId");
            String[] sources = batch.texts("source");
            double[] prices = batch.numbers("price");
            long[] from = batch.times("from");
            long[] to = batch.times("to");
            for (int i = 0; i < batch.size(); i++) {
                if ("competitor".equals(kinds[i]) && prices[i] > 0) {
                    all.products.computeIfAbsent(ids[i], id -> new TreeMap<>())
                            .computeIfAbsent(sources[i] == null ? "" : sources[i], source -> new Track())
                            .add(from[i], to[i] == Long.MIN_VALUE ? Long.MAX_VALUE : to[i], Math.log(prices[i]));
                }
            }
        });
        return all;
    }

    /**
     * Whether there is anything.
     *
     * @return true when no price of a competitor is recorded
     */
    public boolean isEmpty() {
        return products.isEmpty();
    }

    /**
     * The competitors' price of a product over a span of time.
     *
     * @param product the shop's own id
     * @param from the first moment
     * @param until the first moment after, later than {@code from}
     * @return geometric mean over time and sources in the store's currency, above 0; NaN when no price held within
     */
    public double over(String product, Instant from, Instant until) {
        double logs = 0;
        int sources = 0;
        for (Track track : products.getOrDefault(product, Map.of()).values()) {
            double log = track.over(from.toEpochMilli(), until.toEpochMilli());
            if (!Double.isNaN(log)) {
                logs += log;
                sources++;
            }
        }
        return sources == 0 ? Double.NaN : Math.exp(logs / sources);
    }

    /** The prices of one product at one source; they come in order of time and do not overlap. */
    private static final class Track {

        private long[] from = new long[4];
        private long[] until = new long[4];
        private double[] log = new double[4];
        private int size;

        void add(long begin, long end, double value) {
            if (size > 0) {
                until[size - 1] = Math.min(until[size - 1], begin);
            }
            if (size == from.length) {
                from = Arrays.copyOf(from, size * 2);
                until = Arrays.copyOf(until, size * 2);
                log = Arrays.copyOf(log, size * 2);
            }
            from[size] = begin;
            until[size] = end;
            log[size] = value;
            size++;
        }

        double over(long begin, long end) {
            int at = Arrays.binarySearch(from, 0, size, begin);
            double sum = 0;
            double time = 0;
            for (int i = at >= 0 ? at : Math.max(0, -at - 2); i < size && from[i] < end; i++) {
                double held = (double) Math.min(end, until[i]) - Math.max(begin, from[i]);
                if (held > 0) {
                    sum += held * log[i];
                    time += held;
                }
            }
            return time > 0 ? sum / time : Double.NaN;
        }
    }
}
