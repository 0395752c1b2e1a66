package io.kontor.inventory.exponentialsmoothing;

import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What level, trend and season make of the demand that is expected of all periods together. Where the season adds, they are the terms of the
 * sum. Where it multiplies, they are the Shapley values (Shapley, 1953) of trend and season, of which either may come first; those of a mean of
 * methods are the means of theirs. For one thread.
 */
final class Parts {

    private double level;
    private double trend;
    private double season;
    private double floor;
    private boolean multiplies;

    /**
     * Adds a period of a method.
     *
     * @param share what the method counts, above 0 and at most 1
     * @param ofLevel units by the level
     * @param ofTrend units that the trend adds until then
     * @param multiplied whether the season multiplies
     * @param ofSeason what it multiplies by or adds
     */
    void add(double share, double ofLevel, double ofTrend, boolean multiplied, double ofSeason) {
        level += share * ofLevel;
        trend += share * (multiplied ? ofTrend * (1 + ofSeason) / 2 : ofTrend);
        season += share * (multiplied ? (ofSeason - 1) * (ofLevel + ofTrend / 2) : ofSeason);
        multiplies |= multiplied && ofSeason != 1;
    }

    /** Adds what a period was raised by because demand is never below 0. */
    void raise(double units) {
        floor += units;
    }

    /**
     * The explanation.
     *
     * @param output expected units of all periods
     * @param naming what level, trend, season and floor are called; the amount is set here
     */
    Explanation explanation(double output, Function<String, Contribution> naming) {
        List<Contribution> contributions = new ArrayList<>();
        add(contributions, naming.apply("level"), level);
        add(contributions, naming.apply("trend"), trend);
        add(contributions, naming.apply("season"), season);
        add(contributions, naming.apply("floor"), floor);
        return new Explanation(multiplies ? Explanation.Kind.SHAPLEY : Explanation.Kind.ADDITIVE, 0, output, contributions);
    }

    private static void add(List<Contribution> contributions, Contribution named, double amount) {
        if (amount != 0) {
            contributions.add(new Contribution(named.feature(), named.name(), named.value(), amount));
        }
    }
}
