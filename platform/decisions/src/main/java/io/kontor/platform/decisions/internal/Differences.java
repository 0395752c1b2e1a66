package io.kontor.platform.decisions.internal;

import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far two answers to one question are apart. */
final class Differences {

    /** How probably somebody who looks at one place of a list looks at the next one. */
    private static final double PERSISTENCE = 0.9;
    private static final double HUNDRED = 100;

    private Differences() {
    }

    /**
     * Which share of the products both lists have.
     *
     * @param one a ranking
     * @param other a ranking
     * @return 0 to 1; 1 for two empty lists
     */
    static double overlap(Ranking one, Ranking other) {
        int longer = Math.max(one.items().size(), other.items().size());
        if (longer == 0) {
            return 1;
        }
        Set<String> products = new HashSet<>(products(one));
        return (double) products(other).stream().filter(products::contains).count() / longer;
    }

    /**
     * Rank-biased overlap, extrapolated from what is seen (Webber, Moffat and Zobel, A similarity measure for indefinite rankings, ACM TOIS
     * 28(4), 2010, equation 32, which also holds for lists of different lengths).
     *
     * @param one a ranking
     * @param other a ranking
     * @return 0 for lists that have nothing in common to 1 for equal ones; 1 for two empty lists
     */
    static double rankBiasedOverlap(Ranking one, Ranking other) {
        boolean firstIsShort = one.items().size() <= other.items().size();
        List<String> shorter = products(firstIsShort ? one : other);
        List<String> longer = products(firstIsShort ? other : one);
        int s = shorter.size();
        int l = longer.size();
        if (s == 0) {
            return l == 0 ? 1 : 0;
        }
        Set<String> seenShort = new HashSet<>();
        Set<String> seenLong = new HashSet<>();
        double sum = 0;
        double weight = 1;
        int common = 0;
        int commonAtShort = 0;
        for (int depth = 1; depth <= l; depth++) {
            weight *= PERSISTENCE;
            String inLong = longer.get(depth - 1);
            String inShort = depth <= s ? shorter.get(depth - 1) : null;
            if (inShort != null && inShort.equals(inLong)) {
                common++;
            } else {
                common += seenShort.contains(inLong) ? 1 : 0;
                common += inShort != null && seenLong.contains(inShort) ? 1 : 0;
            }
            seenLong.add(inLong);
            if (inShort != null) {
                seenShort.add(inShort);
            }
            commonAtShort = depth == s ? common : commonAtShort;
            sum += (double) common / depth * weight;
            if (depth > s) {
                sum += (double) commonAtShort * (depth - s) / ((double) s * depth) * weight;
            }
        }
        double tail = (double) (common - commonAtShort) / l + (double) commonAtShort / s;
        return (1 - PERSISTENCE) / PERSISTENCE * sum + tail * weight;
    }

    private static List<String> products(Ranking ranking) {
        return ranking.items().stream().map(RankedItem::product).toList();
    }

    /**
     * By how many percent a value is above another one.
     *
     * @param reference the other one
     * @param value the value
     * @return the difference in percent of the reference's size; 0 when both are 0, 100 or -100 when only the reference is
     */
    static double percent(double reference, double value) {
        if (reference == 0) {
            return HUNDRED * Math.signum(value);
        }
        return HUNDRED * (value - reference) / Math.abs(reference);
    }
}
