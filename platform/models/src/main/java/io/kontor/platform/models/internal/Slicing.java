package io.kontor.platform.models.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How held-out cases are parted: one segment a case for each dimension. Of a dimension the largest segments are looked at, as far as they have
 * enough cases to say something; a dimension in which all cases are alike is not. For one thread.
 */
final class Slicing {

    /** Of a product or customer not known for longer than {@link #NEW_DAYS} days. */
    static final String NEW = "new";
    /** Of any other. */
    static final String KNOWN = "known";
    /** What counts as new. */
    static final int NEW_DAYS = 60;

    private static final int MOST_SEGMENTS = 8;
    private static final int FEWEST_CASES = 5;
    private static final int LONGEST = 100;

    private final Map<String, String[]> dimensions = new LinkedHashMap<>();

    /**
     * Some of the cases.
     *
     * @param dimension what the cases are parted by
     * @param segment which part
     * @param cases their indices
     */
    record Part(String dimension, String segment, int[] cases) {
    }

    /**
     * Adds a dimension.
     *
     * @param dimension its name
     * @param segments one a case; null or empty for a case that belongs nowhere
     * @return this
     */
    Slicing by(String dimension, String[] segments) {
        dimensions.put(dimension, segments);
        return this;
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        dimensions.forEach((dimension, segments) -> {
            Map<String, Integer> counts = new TreeMap<>();
            for (String segment : segments) {
                if (segment != null && !segment.isEmpty()) {
                    counts.merge(segment, 1, Integer::sum);
                }
            }
            if (counts.size() > 1) {
                counts.entrySet().stream().filter(entry -> entry.getValue() >= FEWEST_CASES)
                        .sorted(Comparator.comparingInt((Map.Entry<String, Integer> entry) -> -entry.getValue())).limit(MOST_SEGMENTS)
                        .forEach(entry -> parts.add(part(dimension, entry.getKey(), entry.getValue(), segments)));
            }
        });
        return parts;
    }

    private static Part part(String dimension, String segment, int size, String[] segments) {
        int[] cases = new int[size];
        int at = 0;
        for (int i = 0; i < segments.length; i++) {
            if (segment.equals(segments[i])) {
                cases[at++] = i;
            }
        }
        return new Part(dimension, segment.length() > LONGEST ? segment.substring(0, LONGEST - 1) + '…' : segment, cases);
    }

    /** Whether something was new when the held-out part began. */
    static String newness(LocalDate since, LocalDate begin) {
        return ChronoUnit.DAYS.between(since, begin) <= NEW_DAYS ? NEW : KNOWN;
    }

    /**
     * The first step of each product's category path.
     *
     * @param all records of the store
     * @return by product; without products that have no category
     */
    static Map<String, String> categories(Snapshot all) {
        Map<String, String> categories = new HashMap<>();
        all.window(null, null).read(Entity.PRODUCTS, batch -> {
            String[] ids = batch.texts("id");
            String[] paths = batch.texts("category");
            for (int i = 0; i < batch.size(); i++) {
                if (paths[i] != null && !paths[i].isBlank()) {
                    int end = paths[i].indexOf('/', 1);
                    categories.put(ids[i], (end < 0 ? paths[i] : paths[i].substring(0, end)).strip());
                }
            }
        });
        return categories;
    }
}
