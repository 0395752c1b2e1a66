package io.kontor.platform.models.internal.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, Algorithms for hyper-parameter optimization, 2011, section 4):
 * what was tried is parted into the best and the rest, a density is laid over each, candidates are drawn from that of the best, and the one
 * for which it is highest against that of the rest is tried; that is the one with the greatest expected improvement. The kernels are products
 * over all settings (Falkner, Klein and Hutter, BOHB, 2018), so that settings that are good only together are found together.
 *
 * <p>The first trials are random. Settings that failed count as bad.
 */
public final class TreeParzen implements Strategy {

    /** Random trials at the start. */
    static final int STARTUP = 10;

    private static final int CANDIDATES = 24;
    private static final double GOOD_SHARE = 0.15;
    private static final int MOST_GOOD = 25;

    private final Space space;
    private final long seed;
    private final List<Observation> known;

    /**
     * An estimator.
     *
     * @param space what is searched
     * @param seed the only source of randomness
     * @param known what is known beforehand, such as the settings in use; those outside the space are passed over
     */
    public TreeParzen(Space space, long seed, List<Observation> known) {
        this.space = space;
        this.seed = seed;
        this.known = known.stream().filter(each -> space.point(each.settings()).isPresent()).toList();
    }

    @Override
    public Optional<Candidate> next(List<Observation> history) {
        List<Observation> all = new ArrayList<>(known);
        all.addAll(history);
        Set<Map<String, Object>> tried = Space.tried(all);
        SplittableRandom random = Space.random(seed, history.size());
        Optional<Map<String, Object>> next = history.size() < STARTUP ? Optional.empty() : likeliest(all, tried, random);
        return next.or(() -> space.drawNew(random, tried)).map(settings -> new Candidate(settings, 1));
    }

    /** The best new one of some candidates; empty when all of them were tried. */
    private Optional<Map<String, Object>> likeliest(List<Observation> all, Set<Map<String, Object>> tried, SplittableRandom random) {
        List<double[]> ranked = all.stream().sorted(Comparator.comparingDouble(Observation::loss))
                .map(each -> space.point(each.settings()).orElseThrow()).toList();
        int good = Math.min(MOST_GOOD, (int) Math.ceil(GOOD_SHARE * ranked.size()));
        ParzenDensity best = new ParzenDensity(space, ranked.subList(0, good));
        ParzenDensity rest = new ParzenDensity(space, ranked.subList(good, ranked.size()));
        Map<String, Object> chosen = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            Map<String, Object> settings = space.settings(best.draw(random));
            double[] point = space.point(settings).orElseThrow();
            double gain = best.log(point) - rest.log(point);
            if (gain > highest && !tried.contains(settings)) {
                highest = gain;
                chosen = settings;
            }
        }
        return Optional.ofNullable(chosen);
    }
}
