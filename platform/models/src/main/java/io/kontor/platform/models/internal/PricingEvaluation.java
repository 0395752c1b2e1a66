package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.CompetitorPrices;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.Step;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.api.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges demand models by the weeks that training did not see, or by months where a store's sales come as sums of months
 * ({@link DemandTable#step}): the model is told the price of each held-out period, promotions, competitors' prices and those of all other
 * products, and says what sells. Held out are the latest eight weeks or six months, or the latest fifth of a shorter history; periods out of
 * stock are passed over. At most {@value #MAX_CASES} products are asked about.
 */
final class PricingEvaluation implements FamilyEvaluation {

    /** Enough for a small standard error, few enough for seconds. */
    static final int MAX_CASES = 2_000;

    private static final int MIN_CASES = 3;
    private static final int WEEKS = 8;
    private static final int MONTHS = 6;
    private static final int SHORTEST = 15;
    private static final int LONG_ENOUGH = 5;
    private static final double IN_STOCK = 0.9;
    private static final int ASKED_EVERY = 50;

    /** A held-out period of a product: what the model is told, and what was sold in how many days. */
    private record Period(DemandQuery query, int days, double units) {
    }

    /** The held-out periods of a product. */
    private record Case(String product, List<Period> periods) {

        double sold() {
            double sum = 0;
            for (Period period : periods) {
                sum += period.units;
            }
            return sum;
        }
    }

    @Override
    public String family() {
        return Family.PRICING;
    }

    @Override
    public Optional<Holdout> holdOut(Snapshot all, Store store, long seed, JobContext job) {
        DemandTable whole = DemandTable.of(all.window(null, null), store.timeZone(), job);
        if (whole.products().isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + store.id()
                    + " has sold nothing yet, so there is no demand to learn from; import sales or orders first.");
        }
        Step step = whole.step() == Step.MONTH ? Step.MONTH : Step.WEEK;
        LocalDate start = null;
        LocalDate end = null;
        for (String product : whole.products()) {
            DemandSeries series = whole.series(product, "", step).orElse(null);
            if (series != null) {
                start = start == null || series.start().isBefore(start) ? series.start() : start;
                end = series.end();
            }
        }
        int span = start == null ? 0 : step.between(start, end);
        if (span < SHORTEST) {
            return Optional.empty();
        }
        return held(all, whole, step.plus(end, -Math.min(step == Step.MONTH ? MONTHS : WEEKS, span / LONG_ENOUGH)), seed, job);
    }

    @Override
    public Optional<Holdout> since(Snapshot all, Store store, Instant from, long seed, JobContext job) {
        DemandTable whole = DemandTable.of(all.window(null, null), store.timeZone(), job);
        Step step = whole.step() == Step.MONTH ? Step.MONTH : Step.WEEK;
        Optional<DemandSeries> any = whole.products().stream().flatMap(product -> whole.series(product, "", step).stream()).findFirst();
        if (any.isEmpty()) {
            return Optional.empty();
        }
        LocalDate begin = DemandEvaluation.firstBegin(whole, any.get().start(), step, from);
        return step.between(begin, any.get().end()) < 1 ? Optional.empty() : held(all, whole, begin, seed, job);
    }

    private static Optional<Holdout> held(Snapshot all, DemandTable whole, LocalDate begin, long seed, JobContext job) {
        Step step = whole.step() == Step.MONTH ? Step.MONTH : Step.WEEK;
        List<Case> cases = new Questions(whole, step, begin, CompetitorPrices.of(all.window(null, null), job)).cases(seed);
        Instant cut = whole.begin(begin);
        if (cases.size() < MIN_CASES) {
            return Optional.empty();
        }
        Map<String, String> categories = Slicing.categories(all);
        Slicing slicing = new Slicing().by("category", cases.stream().map(one -> categories.get(one.product)).toArray(String[]::new))
                .by("product", cases.stream().map(one -> Slicing.newness(whole.series(one.product, "", step).orElseThrow().start(), begin))
                        .toArray(String[]::new));
        return Optional.of(new Periods(all.window(null, cut), cut, cases, slicing));
    }

    /** What is asked about the periods from a day on. */
    private record Questions(DemandTable whole, Step step, LocalDate begin, CompetitorPrices competitors) {

        List<Case> cases(long seed) {
            List<DemandSeries> known = whole.products().stream().flatMap(product -> whole.series(product, "", step).stream())
                    .map(this::held).filter(series -> series.quantity().length > 0).toList();
            Map<LocalDate, Map<String, Double>> prices = new HashMap<>();
            for (DemandSeries series : known) {
                for (int t = 0; t < series.price().length; t++) {
                    if (series.price()[t] > 0) {
                        prices.computeIfAbsent(step.plus(series.start(), t), day -> new HashMap<>()).put(series.product(), series.price()[t]);
                    }
                }
            }
            // Copied once, so that no question copies them again.
            prices.replaceAll((day, byProduct) -> Map.copyOf(byProduct));
            return known.stream().sorted(Comparator.comparingLong((DemandSeries series) -> RankingEvaluation.hash(series.product(), seed))
                    .thenComparing(DemandSeries::product)).map(series -> of(series, prices)).filter(one -> one.sold() > 0).limit(MAX_CASES)
                    .toList();
        }

        /** The held-out part of a series; empty for a product that nothing was known of before. */
        private DemandSeries held(DemandSeries series) {
            int first = step.between(series.start(), begin);
            int from = first < 1 ? series.quantity().length : Math.min(first, series.quantity().length);
            int to = series.quantity().length;
            return new DemandSeries(series.product(), "", step.plus(series.start(), from), step,
                    Arrays.copyOfRange(series.quantity(), from, to), Arrays.copyOfRange(series.price(), from, to),
                    Arrays.copyOfRange(series.promotion(), from, to), Arrays.copyOfRange(series.inStock(), from, to));
        }

        private Case of(DemandSeries series, Map<LocalDate, Map<String, Double>> prices) {
            List<Period> periods = new ArrayList<>();
            for (int t = 0; t < series.quantity().length; t++) {
                if (series.price()[t] > 0 && !(series.inStock()[t] < IN_STOCK)) {
                    LocalDate first = step.plus(series.start(), t);
                    LocalDate next = step.plus(first, 1);
                    double promotion = Double.isNaN(series.promotion()[t]) ? 0 : series.promotion()[t];
                    periods.add(new Period(new DemandQuery(series.product(), new double[] {series.price()[t]}, promotion,
                            competitors.over(series.product(), whole.begin(first), whole.begin(next)), prices.get(first),
                            Optional.of(first)), (int) ChronoUnit.DAYS.between(first, next), series.quantity()[t]));
                }
            }
            return new Case(series.product(), periods);
        }
    }

    /** The held-out periods; every model gets the same questions in the same order. */
    private static final class Periods implements FamilyEvaluation.Holdout {

        private final Snapshot earlier;
        private final Instant begin;
        private final List<Case> cases;
        private final Slicing slicing;

        Periods(Snapshot earlier, Instant begin, List<Case> cases, Slicing slicing) {
            this.earlier = earlier;
            this.begin = begin;
            this.cases = cases;
            this.slicing = slicing;
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
            int size = cases.size();
            double[] absolute = new double[size];
            double[] signed = new double[size];
            double[] sold = new double[size];
            double[] squares = new double[size];
            double[] periods = new double[size];
            double[] wrongSigns = new double[size];
            double[] daily = new double[size];
            for (int i = 0; i < size; i++) {
                if (i % ASKED_EVERY == 0) {
                    job.checkCancelled();
                    job.progress((double) i / size, "product " + i + " of " + size);
                }
                Case one = cases.get(i);
                for (Period period : one.periods) {
                    double[] expected = demands.demand(model, period.query);
                    check(expected);
                    double forecast = expected.length == 0 ? 0 : expected[0] * period.days;
                    absolute[i] += Math.abs(forecast - period.units);
                    daily[i] += (expected.length == 0 ? 0 : expected[0]) / one.periods.size();
                    signed[i] += forecast - period.units;
                    double logs = Math.log1p(forecast) - Math.log1p(period.units);
                    squares[i] += logs * logs;
                    periods[i]++;
                }
                sold[i] = one.sold();
                wrongSigns[i] = demands.elasticity(model, one.product).map(Elasticity::value).orElse(-1.0) >= 0 ? 1 : 0;
            }
            return new Measures("wape", false, size).add("wape", Measures.ratio(absolute, sold))
                    .add("rmsle", Measures.mapped(Measures.ratio(squares, periods), Math::sqrt)).add("bias", Measures.ratio(signed, sold))
                    .add("wrongSigns", Measures.mean(wrongSigns)).judgement(slicing).answering(daily);
        }

        private static void check(double[] expected) {
            if (expected == null || expected.length > 1) {
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
