package io.kontor.platform.models.internal.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tries many settings with little effort and goes on with the best third, each time with three times the effort (Jamieson and Talwalkar,
 * Non-stochastic best arm identification and hyperparameter optimization, 2016; with the factor 3 of Li and others, Hyperband, 2018). Three
 * rungs when the trials suffice for nine settings at the start, else two or one.
 */
public final class SuccessiveHalving implements Strategy {

    private static final int FACTOR = 3;
    private static final int MOST_RUNGS = 3;

    private final RandomSearch start;
    private final int[] sizes;

    /**
     * A race.
     *
     * @param space what is searched
     * @param seed the only source of randomness
     * @param trials how many trials all rungs have together at most, at least 1
     */
    public SuccessiveHalving(Space space, long seed, int trials) {
        this.start = new RandomSearch(space, seed);
        this.sizes = sizes((int) Math.min(trials, space.size()), trials);
    }

    /** How many settings each rung has: the most that the trials allow. */
    private static int[] sizes(int most, int trials) {
        for (int rungs = MOST_RUNGS; rungs > 1; rungs--) {
            for (int first = most; first >= Math.pow(FACTOR, rungs - 1.0); first--) {
                int[] sizes = new int[rungs];
                int sum = 0;
                for (int r = 0, size = first; r < rungs; r++, size /= FACTOR) {
                    sizes[r] = size;
                    sum += size;
                }
                if (sum <= trials) {
                    return sizes;
                }
            }
        }
        return new int[] {most};
    }

    @Override
    public Optional<Candidate> next(List<Observation> history) {
        int begin = 0;
        List<Observation> rung = List.of();
        for (int r = 0; r < sizes.length; r++) {
            double share = Math.pow(FACTOR, r + 1.0 - sizes.length);
            List<Observation> survivors = best(rung, sizes[r]);
            int size = r == 0 ? sizes[0] : survivors.size();
            if (history.size() < begin + size) {
                return r == 0 ? start.next(history).map(drawn -> new Candidate(drawn.settings(), share))
                        : Optional.of(new Candidate(survivors.get(history.size() - begin).settings(), share));
            }
            rung = history.subList(begin, begin + size);
            begin += size;
        }
        return Optional.empty();
    }

    private static List<Observation> best(List<Observation> rung, int count) {
        return rung.stream().filter(each -> !Double.isNaN(each.loss())).sorted(Comparator.comparingDouble(Observation::loss)).limit(count)
                .toList();
    }
}
