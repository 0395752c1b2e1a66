package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.Step;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Evaluation;
import io.kontor.api.plugin.Family;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.api.store.Store;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges demand models by the weeks that training did not see: the model is told the price of each held-out week and says what sells. Held
 * out are the latest eight weeks, or the latest fifth of a shorter history; weeks out of stock are passed over. At most
 * {@value #MAX_CASES} products are asked about.
 */
final class PricingEvaluation implements FamilyEvaluation {

    /** Enough for a small standard error, few enough for seconds. */
    static final int MAX_CASES = 2_000;

    private static final int MIN_CASES = 3;
    private static final int WEEKS = 8;
    private static final int SHORTEST = 15;
    private static final int DAYS_OF_WEEK = 7;
    private static final double IN_STOCK = 0.9;
    private static final int ASKED_EVERY = 50;

    /** The held-out weeks of a product; each with a price and units. */
    private record Case(String product, double[] prices, double[] units) {

        double sold() {
            double sum = 0;
            for (double value : units) {
                sum += value;
            }
            return sum;
        }
    }

    @Override
    public String family() {
        return Family.PRICING;
    }

    @Override
    public Optional<FamilyEvaluation.Holdout> holdOut(Snapshot all, Store store, long seed, JobContext job) {
        DemandTable whole = DemandTable.of(all.window(null, null), store.timeZone(), job);
        LocalDate last = whole.lastDay().orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "Store " + store.id()
                + " has sold nothing yet, so there is no demand to learn from; import sales or orders first."));
        long weeks = ChronoUnit.WEEKS.between(whole.firstDay().orElseThrow(), last);
        if (weeks < SHORTEST) {
            return Optional.empty();
        }
        int held = (int) Math.min(WEEKS, weeks / 5);
        LocalDate end = last.plusDays(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate begin = end.minusWeeks(held);
        List<Case> cases = new ArrayList<>();
        List<String> products = whole.products().stream()
                .sorted(Comparator.comparingLong((String product) -> RankingEvaluation.hash(product, seed)).thenComparing(product -> product))
                .toList();
        for (String product : products) {
            if (cases.size() < MAX_CASES) {
                whole.series(product, "", Step.WEEK).flatMap(series -> held(series, begin)).ifPresent(cases::add);
            }
        }
        Instant cut = whole.begin(begin);
        return cases.size() < MIN_CASES ? Optional.empty() : Optional.of(new Weeks(all.window(null, cut), cut, cases));
    }

    private static Optional<Case> held(DemandSeries series, LocalDate begin) {
        int first = (int) ChronoUnit.WEEKS.between(series.start(), begin);
        if (first < 1) {
            return Optional.empty();
        }
        List<double[]> weeks = new ArrayList<>();
        for (int t = first; t < series.quantity().length; t++) {
            if (series.price()[t] > 0 && !(series.inStock()[t] < IN_STOCK)) {
                weeks.add(new double[] {series.price()[t], series.quantity()[t]});
            }
        }
        Case one = new Case(series.product(), weeks.stream().mapToDouble(w -> w[0]).toArray(),
                weeks.stream().mapToDouble(w -> w[1]).toArray());
        return one.sold() > 0 ? Optional.of(one) : Optional.empty();
    }

    /** The held-out weeks; every model gets the same questions in the same order. */
    private static final class Weeks implements FamilyEvaluation.Holdout {

        private final Snapshot earlier;
        private final Instant begin;
        private final List<Case> cases;

        Weeks(Snapshot earlier, Instant begin, List<Case> cases) {
            this.earlier = earlier;
            this.begin = begin;
            this.cases = cases;
        }

        @Override
        public Snapshot earlier() {
            return earlier.window(null, null);
        }

        @Override
        public Instant begin() {
            return begin;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Judgement judge(Object plugin, Object model, JobContext job) {
            if (!(plugin instanceof TrainedDemandModel<?> trained)) {
                throw new KontorException(KontorException.Kind.CONFIGURATION, plugin.getClass().getName() + " is no TrainedDemandModel.");
            }
            TrainedDemandModel<Object> demands = (TrainedDemandModel<Object>) trained;
            double[] scores = new double[cases.size()];
            double absolute = 0;
            double signed = 0;
            double sold = 0;
            double squares = 0;
            long weeks = 0;
            int wrongSigns = 0;
            for (int i = 0; i < scores.length; i++) {
                if (i % ASKED_EVERY == 0) {
                    job.checkCancelled();
                    job.progress((double) i / scores.length, "product " + i + " of " + scores.length);
                }
                Case one = cases.get(i);
                double[] expected = demands.demand(model, one.product, one.prices);
                check(one, expected);
                double error = 0;
                for (int w = 0; w < one.units.length; w++) {
                    double forecast = expected.length == 0 ? 0 : expected[w] * DAYS_OF_WEEK;
                    error += Math.abs(forecast - one.units[w]);
                    signed += forecast - one.units[w];
                    double logs = Math.log1p(forecast) - Math.log1p(one.units[w]);
                    squares += logs * logs;
                    weeks++;
                }
                scores[i] = error / one.sold();
                absolute += error;
                sold += one.sold();
                wrongSigns += demands.elasticity(model, one.product).map(Elasticity::value).orElse(-1.0) >= 0 ? 1 : 0;
            }
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("wape", absolute / sold);
            metrics.put("rmsle", Math.sqrt(squares / weeks));
            metrics.put("bias", signed / sold);
            metrics.put("wrongSigns", (double) wrongSigns / scores.length);
            return new Judgement(new Evaluation(metrics, "wape", false, scores.length), scores);
        }

        private static void check(Case one, double[] expected) {
            if (expected == null || expected.length != 0 && expected.length != one.prices.length) {
                throw new KontorException(KontorException.Kind.PLUGIN, "An answer has not one demand for each price.");
            }
            for (double value : expected) {
                if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                    throw new KontorException(KontorException.Kind.PLUGIN, "An answer expects a demand of " + value + ".");
                }
            }
        }
    }
}
