package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

    @Test
    void countsEachRequestInTheBucketOfItsTime() {
        RequestMetrics metrics = new RequestMetrics();
        metrics.count("GET", "/stores", 200, 1_000_000);
        metrics.count("GET", "/stores", 200, 1_000_001);
        metrics.count("GET", "/stores", 200, 60_000_000_000L);
        metrics.count("BREW", "/stores", 405, 5);
        metrics.count("MIX", "/stores", 405, 5);
        Map<RequestMetrics.Key, RequestMetrics.Durations> seen = new HashMap<>();
        metrics.forEach(seen::put);
        RequestMetrics.Durations stores = seen.get(new RequestMetrics.Key("GET", "/stores", 200));
        assertArrayEquals(new long[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, stores.counts());
        assertEquals(60.002, stores.seconds(), 1e-3);
        assertEquals(2, seen.get(new RequestMetrics.Key("OTHER", "/stores", 405)).counts()[0], "unknown methods make no names");
        assertEquals(2, seen.size());
    }
}
