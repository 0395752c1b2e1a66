package io.kontor.platform.models.internal.search;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * All settings that are searched over. Immutable.
 *
 * @param dimensions at least one
 */
public record Space(List<Dimension> dimensions) {

    private static final int TRIES = 200;
    private static final double SMALL = 1e6;

    /** Checks that there is something to search. */
    public Space {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("nothing to search over");
        }
    }

    /** How many different settings there are; may be infinite. */
    double size() {
        double size = 1;
        for (Dimension dimension : dimensions) {
            size *= dimension.size();
        }
        return size;
    }

    Map<String, Object> settings(double[] point) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (int d = 0; d < point.length; d++) {
            settings.put(dimensions.get(d).name(), dimensions.get(d).value(point[d]));
        }
        return settings;
    }

    /** The places of settings; empty when one of them is missing or outside. */
    Optional<double[]> point(Map<String, Object> settings) {
        double[] point = new double[dimensions.size()];
        for (int d = 0; d < point.length; d++) {
            point[d] = dimensions.get(d).place(settings.get(dimensions.get(d).name()));
            if (Double.isNaN(point[d])) {
                return Optional.empty();
            }
        }
        return Optional.of(point);
    }

    double[] draw(SplittableRandom random) {
        double[] point = new double[dimensions.size()];
        for (int d = 0; d < point.length; d++) {
            Dimension dimension = dimensions.get(d);
            point[d] = dimension.isChoice() ? random.nextInt(dimension.choices().size()) : random.nextDouble();
        }
        return point;
    }

    /** Evenly drawn settings that were not tried; empty when all were. */
    Optional<Map<String, Object>> drawNew(SplittableRandom random, Set<Map<String, Object>> tried) {
        for (int i = 0; i < TRIES; i++) {
            Map<String, Object> drawn = settings(draw(random));
            if (!tried.contains(drawn)) {
                return Optional.of(drawn);
            }
        }
        return size() > SMALL ? Optional.of(settings(draw(random))) : walk(tried);
    }

    /** The first settings in order that were not tried: few are left. */
    private Optional<Map<String, Object>> walk(Set<Map<String, Object>> tried) {
        List<List<Object>> levels = dimensions.stream().map(each -> each.levels((int) each.size())).toList();
        long all = levels.stream().mapToLong(List::size).reduce(1, (one, other) -> one * other);
        for (long i = 0; i < all; i++) {
            Map<String, Object> one = combination(levels, i);
            if (!tried.contains(one)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    Map<String, Object> combination(List<List<Object>> levels, long index) {
        Map<String, Object> settings = new LinkedHashMap<>();
        long rest = index;
        for (int d = 0; d < levels.size(); d++) {
            List<Object> values = levels.get(d);
            settings.put(dimensions.get(d).name(), values.get((int) (rest % values.size())));
            rest /= values.size();
        }
        return settings;
    }

    static Set<Map<String, Object>> tried(List<Observation> history) {
        Set<Map<String, Object>> tried = new HashSet<>();
        history.forEach(each -> tried.add(each.settings()));
        return tried;
    }

    /** A source of randomness of its own for each step of a search, so that a step does not depend on how the earlier ones were drawn. */
    static SplittableRandom random(long seed, int step) {
        return new SplittableRandom(new SplittableRandom(seed + step * 0x9e3779b97f4a7c15L).nextLong());
    }
}
