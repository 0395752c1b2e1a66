package io.kontor.platform.models.internal.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Tries all combinations of evenly spread values, as many values of each number as fit into the trials; in a shuffled order, so that a search
 * that ends early has seen something of everything.
 */
public final class GridSearch implements Strategy {

    private final Space space;
    private final List<List<Object>> levels;
    private final int[] order;

    /**
     * A grid.
     *
     * @param space what is searched
     * @param seed decides the order
     * @param trials at most so many combinations, at least {@link #smallest}
     */
    public GridSearch(Space space, long seed, int trials) {
        if (smallest(space) > trials) {
            throw new IllegalArgumentException("the grid has more points than trials");
        }
        this.space = space;
        this.levels = finest(space, trials);
        this.order = shuffled((int) points(levels), Space.random(seed, 0));
    }

    /**
     * How many combinations the coarsest grid has: two values of each number and all of several.
     *
     * @param space what is searched
     * @return a count, possibly beyond all bounds
     */
    public static double smallest(Space space) {
        return points(space.dimensions().stream().map(each -> each.levels(2)).toList());
    }

    private static double points(List<List<Object>> levels) {
        double points = 1;
        for (List<Object> values : levels) {
            points *= values.size();
        }
        return points;
    }

    private static List<List<Object>> finest(Space space, int trials) {
        int[] counts = new int[space.dimensions().size()];
        List<List<Object>> levels = new ArrayList<>();
        for (int d = 0; d < counts.length; d++) {
            counts[d] = 2;
            levels.add(space.dimensions().get(d).levels(2));
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int d = 0; d < counts.length; d++) {
                Dimension dimension = space.dimensions().get(d);
                if (!dimension.isChoice() && counts[d] < Math.min(dimension.size(), trials)) {
                    List<Object> before = levels.set(d, dimension.levels(counts[d] + 1));
                    if (points(levels) > trials) {
                        levels.set(d, before);
                    } else {
                        counts[d]++;
                        grown = true;
                    }
                }
            }
        }
        return levels;
    }

    /** Fisher and Yates. */
    private static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    @Override
    public Optional<Candidate> next(List<Observation> history) {
        return history.size() >= order.length ? Optional.empty()
                : Optional.of(new Candidate(space.combination(levels, order[history.size()]), 1));
    }
}
