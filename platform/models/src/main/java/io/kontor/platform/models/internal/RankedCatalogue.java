package io.kontor.platform.models.internal;

import io.kontor.api.metric.Exposure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The products that customers turned to in the earlier part: how often, and since when. Filled first, asked then; for one thread. */
final class RankedCatalogue {

    private final Map<String, Integer> places = new HashMap<>();
    private long[] counts = new long[1_024];
    private long[] first = new long[1_024];

    void add(String product, long time) {
        Integer known = places.putIfAbsent(product, places.size());
        int place = known == null ? places.size() - 1 : known;
        if (place == counts.length) {
            counts = Arrays.copyOf(counts, place * 2);
            first = Arrays.copyOf(first, place * 2);
        }
        first[place] = known == null ? time : Math.min(first[place], time);
        counts[place]++;
    }

    boolean has(String product) {
        return places.containsKey(product);
    }

    int size() {
        return places.size();
    }

    /** The place of a product, or -1. */
    int place(String product) {
        return places.getOrDefault(product, -1);
    }

    /** When a product was first turned to, in milliseconds since 1970. */
    long first(String product) {
        return first[places.get(product)];
    }

    /** The self-information of each product. */
    double[] selfInformation() {
        return Exposure.selfInformation(Arrays.copyOf(counts, places.size()));
    }
}
