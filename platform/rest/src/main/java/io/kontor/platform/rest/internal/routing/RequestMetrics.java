package io.kontor.platform.rest.internal.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Component;

/** Counts requests and their time by route and status class. */
@Component(service = RequestMetrics.class)
public final class RequestMetrics {

    /**
     * What is counted by itself.
     *
     * @param method the HTTP method
     * @param route the path's template
     * @param status the HTTP status
     */
    public record Key(String method, String route, int status) {
    }

    /** The counters of one key. */
    public static final class Counter {

        private final LongAdder requests = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        /**
         * How many requests.
         *
         * @return the count
         */
        public long requests() {
            return requests.sum();
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

    private static final java.util.Set<String> METHODS = java.util.Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();

    void count(String method, String route, int status, long nanos) {
        String known = METHODS.contains(method) ? method : "OTHER";
        Counter counter = counters.computeIfAbsent(new Key(known, route, status), k -> new Counter());
        counter.requests.increment();
        counter.nanos.add(nanos);
    }

    /**
     * Visits all counters.
     *
     * @param visitor called once for each
     */
    public void forEach(BiConsumer<Key, Counter> visitor) {
        counters.forEach(visitor);
    }
}
