package io.kontor.platform.decisions.internal;

import io.kontor.api.metric.AlwaysValid;
import io.kontor.api.metric.Interval;
import io.kontor.api.metric.Normal;
import io.kontor.api.metric.Proportion;
import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments.Adjusted;
import io.kontor.platform.decisions.Experiments.Comparison;
import io.kontor.platform.decisions.Experiments.Measure;
import io.kontor.platform.decisions.Experiments.Results;
import io.kontor.platform.decisions.Experiments.Standing;
import io.kontor.platform.decisions.Experiments.Verdict;
import io.kontor.platform.decisions.Measures.Estimate;
import io.kontor.platform.decisions.internal.ExperimentUnits.Beside;
import io.kontor.platform.decisions.internal.ExperimentUnits.Sum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells from the sums of an experiment how it stands. */
final class ExperimentStatistics {

    private static final double LEVEL = 0.95;
    /** Below this the shares are called broken: a bound as low as this, as one looks often (Fabijan et al., 2019). */
    private static final double BROKEN = 0.001;
    /** The size of the differences that one expects, in standard deviations of a unit. */
    private static final double EXPECTED = 0.1;
    private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

    private ExperimentStatistics() {
    }

    /** A mean over units with its variance. */
    private record Moments(long units, double mean, double variance) {

        static Moments share(long hits, long units) {
            double share = (double) hits / units;
            return new Moments(units, share, units > 1 ? share * (1 - share) * units / (units - 1) : Double.NaN);
        }

        static Moments of(double sum, double squares, long units) {
            double mean = sum / units;
            return new Moments(units, mean, units > 1 ? Math.max(0, squares - sum * mean) / (units - 1) : Double.NaN);
        }
    }

    static Results results(Experiment experiment, Map<String, Sum> sums, Instant now) {
        List<Experiment.Variant> variants = experiment.variants();
        double whole = variants.stream().mapToDouble(Experiment.Variant::share).sum();
        Sum first = sum(sums, variants.get(0));
        List<Standing> standings = new ArrayList<>();
        for (Experiment.Variant variant : variants) {
            standings.add(standing(variant, variant.share() / whole, sum(sums, variant), standings.isEmpty() ? null : first,
                    variants.size() - 1));
        }
        double probability = Proportion.expectedShares(standings.stream().mapToLong(Standing::units).toArray(),
                variants.stream().mapToDouble(Experiment.Variant::share).toArray());
        Instant until = experiment.finishedAt() == null ? now : experiment.finishedAt();
        double days = Duration.between(experiment.startedAt(), until).toMillis() / MILLIS_PER_DAY;
        boolean enough = days >= experiment.minDays() && standings.stream().allMatch(one -> one.units() >= experiment.minUnits());
        boolean bought = sums.values().stream().anyMatch(sum -> sum.buyers() > 0);
        return concluded(new Results(experiment, standings, probability, probability < BROKEN, days, enough, Verdict.TOO_EARLY,
                Optional.empty()), bought ? Measure.BUYERS : Measure.CLICKERS);
    }

    private static Sum sum(Map<String, Sum> sums, Experiment.Variant variant) {
        return sums.getOrDefault(variant.id(), new Sum(variant.id(), 0, 0, 0, 0, 0, 0, 0, 0, Beside.NONE, Beside.NONE));
    }

    private static Results concluded(Results results, Measure by) {
        Verdict verdict = results.sharesBroken() ? Verdict.BROKEN : results.enough() ? Verdict.NO_DIFFERENCE : Verdict.TOO_EARLY;
        Optional<String> best = Optional.empty();
        double most = 0;
        for (Standing standing : results.variants()) {
            for (Comparison comparison : standing.comparisons()) {
                boolean counts = verdict != Verdict.BROKEN && results.enough() && comparison.measure() == by;
                if (counts && comparison.sign() > 0 && comparison.difference() > most) {
                    most = comparison.difference();
                    best = Optional.of(standing.variant());
                    verdict = Verdict.BETTER;
                } else if (counts && comparison.sign() < 0 && verdict == Verdict.NO_DIFFERENCE) {
                    verdict = Verdict.WORSE;
                }
            }
        }
        return new Results(results.experiment(), results.variants(), results.sharesProbability(), results.sharesBroken(), results.days(),
                results.enough(), verdict, best);
    }

    private static Standing standing(Experiment.Variant variant, double share, Sum sum, Sum first, int compared) {
        long base = sum.impressions() > 0 && sum.impressions() >= sum.clicked() ? sum.impressions() : sum.answers();
        List<Comparison> comparisons = first == null ? List.of() : List.of(
                shares(Measure.CLICKERS, sum.clickers(), sum.units(), first.clickers(), first.units(), compared, Beside.NONE, Beside.NONE),
                shares(Measure.BUYERS, sum.buyers(), sum.units(), first.buyers(), first.units(), compared, sum.boughtBefore(),
                        first.boughtBefore()),
                means(Measure.REVENUE, Moments.of(sum.revenue(), sum.squares(), sum.units()),
                        Moments.of(first.revenue(), first.squares(), first.units()), compared, sum.spentBefore(), first.spentBefore()));
        return new Standing(variant.id(), variant.name(), share, sum.units(), sum.answers(), sum.impressions(), share(sum.clicked(), base),
                share(sum.clickers(), sum.units()), share(sum.buyers(), sum.units()),
                mean(Moments.of(sum.revenue(), sum.squares(), sum.units())), comparisons);
    }

    private static Estimate share(long hits, long cases) {
        return new Estimate(cases == 0 ? Double.NaN : (double) Math.min(hits, cases) / cases,
                Proportion.wilson(Math.min(hits, cases), cases, LEVEL));
    }

    private static Estimate mean(Moments moments) {
        return new Estimate(moments.mean(), around(moments.mean(), Normal.reach(LEVEL) * Math.sqrt(moments.variance() / moments.units())));
    }

    private static Interval around(double value, double reach) {
        return Double.isNaN(value - reach) ? new Interval(Double.NaN, Double.NaN, LEVEL) : new Interval(value - reach, value + reach, LEVEL);
    }

    private static Comparison shares(Measure measure, long hits, long units, long firstHits, long firstUnits, int compared, Beside before,
            Beside firstBefore) {
        Moments one = Moments.share(hits, units);
        Moments first = Moments.share(firstHits, firstUnits);
        return comparison(measure, one, first, Proportion.difference(hits, units, firstHits, firstUnits, LEVEL), compared, before, firstBefore);
    }

    /** With samples so large the distribution of Welch's statistic is the normal one. */
    private static Comparison means(Measure measure, Moments one, Moments first, int compared, Beside before, Beside firstBefore) {
        return comparison(measure, one, first, around(one.mean() - first.mean(), Normal.reach(LEVEL) * error(one, first)), compared, before,
                firstBefore);
    }

    private static double error(Moments one, Moments first) {
        return Math.sqrt(one.variance() / one.units() + first.variance() / first.units());
    }

    /** What is safe at any look is safe for all variants together, too, by the bound of Bonferroni. */
    private static Comparison comparison(Measure measure, Moments one, Moments first, Interval once, int compared, Beside before,
            Beside firstBefore) {
        double difference = one.mean() - first.mean();
        double error = error(one, first);
        double pooled = Math.sqrt((one.variance() + first.variance()) / 2);
        double level = 1 - (1 - LEVEL) / compared;
        if (!(pooled > 0)) {
            return new Comparison(measure, difference, once, Double.NaN, new Interval(Double.NaN, Double.NaN, level), 1, Optional.empty());
        }
        AlwaysValid anytime = new AlwaysValid(EXPECTED * pooled, level);
        return new Comparison(measure, difference, once, 2 * Normal.cumulative(-Math.abs(difference / error)),
                anytime.interval(difference, error), Math.min(1, compared * anytime.pValue(difference, error)),
                adjusted(one, first, before, firstBefore, anytime, compared));
    }

    /**
     * Takes from the difference of means what a difference of what was done before explains: with the factor that makes the variance least,
     * the regression's (Deng et al., 2013, equation 4), the two groups having a variance each. What was done before counts from its mean over
     * all known customers, so that it is 0 for somebody unknown.
     */
    private static Optional<Adjusted> adjusted(Moments one, Moments first, Beside before, Beside firstBefore, AlwaysValid anytime,
            int compared) {
        long known = before.units() + firstBefore.units();
        double center = (before.before() + firstBefore.before()) / known;
        Aside aside = Aside.of(before, center, one);
        Aside firstAside = Aside.of(firstBefore, center, first);
        double variance = aside.variance / one.units() + firstAside.variance / first.units();
        if (!(variance > 0)) {
            return Optional.empty();
        }
        double factor = (aside.covariance / one.units() + firstAside.covariance / first.units()) / variance;
        double plain = error(one, first);
        double error = Math.sqrt(Math.max(0, plain * plain - factor * factor * variance));
        double difference = one.mean() - first.mean() - factor * (aside.mean - firstAside.mean);
        Interval always = anytime.interval(difference, error);
        return Optional.of(new Adjusted(known, difference, around(difference, Normal.reach(LEVEL) * error), always,
                Math.min(1, compared * anytime.pValue(difference, error)), 1 - width(always) / width(anytime.interval(0, plain))));
    }

    private static double width(Interval interval) {
        return interval.high() - interval.low();
    }

    /** What units had done before as it stands beside their outcomes. */
    private record Aside(double mean, double variance, double covariance) {

        static Aside of(Beside sums, double center, Moments outcomes) {
            double units = outcomes.units();
            double sum = sums.before() - sums.units() * center;
            double squares = sums.squares() - 2 * center * sums.before() + center * center * sums.units();
            double products = sums.products() - center * sums.outcome();
            return new Aside(sum / units, (squares - sum * sum / units) / (units - 1), (products - sum * outcomes.mean()) / (units - 1));
        }
    }
}
