package io.kontor.platform.rest.internal.routing;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Component;

/** Counts requests by route, method and status, and how long they took. Safe for use by many threads. */
@Component(service = RequestMetrics.class)
public final class RequestMetrics {

    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /**
     * What is counted by itself.
     *
     * @param method the HTTP method
     * @param route the path's template
     * @param status the HTTP status
     */
    public record Key(String method, String route, int status) {
    }

    /** How many requests took how long. */
    public static final class Durations {

        private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Durations() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        void add(long taken) {
            int bucket = 0;
            while (bucket < BOUNDS.length && taken > BOUNDS[bucket] * 1e9) {
                bucket++;
            }
            buckets[bucket].increment();
            nanos.add(taken);
        }

        /**
         * The upper bounds of the buckets.
         *
         * @return seconds, rising; the last bucket, which has none, is not among them
         */
        public double[] bounds() {
            return BOUNDS.clone();
        }

        /**
         * How many requests fell into each bucket.
         *
         * @return one count more than there are bounds; not cumulative
         */
        public long[] counts() {
            long[] counts = new long[buckets.length];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = buckets[i].sum();
            }
            return counts;
        }

        /**
         * Their time together.
         *
         * @return seconds
         */
        public double seconds() {
            return nanos.sum() / 1e9;
        }
    }

    private final Map<Key, Durations> byKey = new ConcurrentHashMap<>();

    void count(String method, String route, int status, long nanos) {
        String known = METHODS.contains(method) ? method : "OTHER";
        byKey.computeIfAbsent(new Key(known, route, status), k -> new Durations()).add(nanos);
    }

    /**
     * Visits everything counted.
     *
     * @param visitor called once for each key
     */
    public void forEach(BiConsumer<Key, Durations> visitor) {
        byKey.forEach(visitor);
    }
}
