package io.kontor.inventory.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Product;
import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.ensemble.Cohort;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.SegmentChoice;
import io.kontor.api.ensemble.SimplexWeights;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.metric.ErrorMetrics;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Learns an ensemble: lets the members learn from all records, then again from what was known at earlier origins (rolling origin: Tashman,
 * Out-of-sample tests of forecasting accuracy, 2000), and finds out from their forecasts whom to listen to. Means are weighted by the absolute
 * scaled error, and each quantile by its pinball loss (averaging quantiles: Lichtendahl, Grushka-Cockayne and Winkler, Is it better to average
 * probabilities or quantiles?, 2013).
 */
final class Learning {

    /** Enough for weights; a sample that the seed decides. */
    private static final int MOST_PRODUCTS = 500;
    private static final int LEAST_CASES = 3;
    private static final int ASKED_EVERY = 20;
    private static final double IN_STOCK = 0.9;
    /** With so many origins a product counts as much as its category; with so many cases a category as much as all. */
    private static final double PRIOR_OF_PRODUCT = 6;
    private static final double PRIOR_OF_CATEGORY = 30;
    private static final double FIRST = 0.4;
    private static final double[] NOTHING_PLANNED = new double[0];

    private final Training training;
    private final Members members;
    private final StoreData data;
    private final Method method;
    private final int folds;

    Learning(Training training, Members members, StoreData data, Method method, int folds) {
        this.training = training;
        this.members = members;
        this.data = data;
        this.method = method;
        this.folds = folds;
    }

    Blend learn() {
        try (Cohort cohort = Cohort.open(members, Family.INVENTORY, training)) {
            DemandTable table = DemandTable.of(training.data(), data.store().timeZone(), training.job());
            if (table.products().isEmpty()) {
                throw new KontorException(KontorException.Kind.DATA, "Store " + data.store().id()
                        + " has sold nothing yet, so there is no demand to learn from; import sales or orders first.");
            }
            List<TrainedMember> learned = cohort.train(training.data(), 0, FIRST, "on all data");
            Rehearsal rehearsal = rehearse(cohort, table);
            training.job().log("Compared " + learned.size() + " members on " + rehearsal.cases().size()
                    + " series of periods they had not learned from");
            return blend(learned, rehearsal);
        }
    }

    private static int horizon(Step step) {
        return switch (step) {
            case DAY -> 28;
            case WEEK -> 8;
            case MONTH -> 6;
        };
    }

    private Rehearsal rehearse(Cohort cohort, DemandTable table) {
        Rehearsal rehearsal = new Rehearsal();
        Step step = table.step();
        DemandSeries longest = table.products().stream().flatMap(product -> table.series(product, "", step).stream())
                .max(Comparator.comparingInt(series -> series.quantity().length)).orElse(null);
        int span = longest == null ? 0 : longest.quantity().length;
        int horizon = Math.min(horizon(step), span / (folds + 2));
        for (int fold = 0; fold < folds && horizon > 0; fold++) {
            LocalDate origin = step.plus(longest.end(), -(long) (folds - fold) * horizon);
            double from = FIRST + (1 - FIRST) * fold / folds;
            double until = FIRST + (1 - FIRST) * (fold + 1) / folds;
            double middle = from + 0.8 * (until - from);
            cohort.rehearse(training.data().window(null, table.begin(origin)), from, middle, "on the data before " + origin)
                    .ifPresent(learned -> ask(learned, table, table.before(origin), horizon,
                            new PartOfJob(training.job(), middle, until, "comparing the members"), rehearsal));
        }
        return rehearsal;
    }

    private void ask(List<TrainedMember> learned, DemandTable table, DemandTable known, int horizon, JobContext job, Rehearsal rehearsal) {
        List<Forecaster> forecasters = learned.stream().map(TrainedMember::forecaster).toList();
        List<String> sample = known.products().stream()
                .sorted(Comparator.comparingLong((String product) -> mixed(product, training.seed())).thenComparing(product -> product))
                .limit(MOST_PRODUCTS).toList();
        int done = 0;
        for (String product : sample) {
            if (done++ % ASKED_EVERY == 0) {
                job.checkCancelled();
                job.progress((double) done / sample.size(), "product " + done + " of " + sample.size());
            }
            DemandSeries history = known.series(product, "", table.step()).orElse(null);
            DemandSeries whole = table.series(product, "", table.step()).orElse(null);
            if (history != null && whole != null && history.quantity().length > horizon) {
                one(forecasters, history, whole, horizon).ifPresent(rehearsal::add);
            }
        }
    }

    /** Spreads the ids of products, the same way for the same seed; the finaliser is that of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mixed(String product, long seed) {
        long hash = seed * 0x9e3779b97f4a7c15L + product.hashCode();
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    private static Optional<Rehearsal.Case> one(List<Forecaster> forecasters, DemandSeries history, DemandSeries whole, int horizon) {
        int offset = whole.step().between(whole.start(), history.end());
        double[] actual = new double[Math.min(horizon, whole.quantity().length - offset)];
        Arrays.setAll(actual, h -> whole.inStock()[offset + h] < IN_STOCK ? Double.NaN : whole.quantity()[offset + h]);
        int season = history.step().season();
        double scale = ErrorMetrics.absoluteScale(history.quantity(), history.quantity().length >= 2 * season ? season : 1);
        if (!(scale > 0) || Arrays.stream(actual).allMatch(Double::isNaN)) {
            return Optional.empty();
        }
        ForecastRequest request = new ForecastRequest(history, actual.length, Levels.QUANTILES, NOTHING_PLANNED, NOTHING_PLANNED);
        List<Forecast> forecasts = forecasters.stream().map(forecaster -> forecaster.forecast(request)).toList();
        return Optional.of(new Rehearsal.Case(history.product(), actual, scale, forecasts));
    }

    private Blend blend(List<TrainedMember> learned, Rehearsal rehearsal) {
        int count = learned.size();
        double[] equal = new double[count];
        Arrays.fill(equal, 1.0 / count);
        double[] losses = new double[count];
        if (rehearsal.cases().size() < LEAST_CASES) {
            training.job().log("These are too few to find out whom to listen to; the ensemble takes the mean of its members.");
            Arrays.fill(losses, Double.NaN);
            return new Blend(learned, Method.AVERAGE, equal, same(equal), losses, Map.of(), Map.of());
        }
        Arrays.setAll(losses, m -> rehearsal.error(alone(m, count)));
        return switch (method) {
            case AVERAGE -> new Blend(learned, method, equal, same(equal), losses, Map.of(), Map.of());
            case STACKING -> {
                double[][] quantiles = new double[Levels.QUANTILES.length][];
                for (int level = 0; level < quantiles.length; level++) {
                    int one = level;
                    training.job().checkCancelled();
                    quantiles[level] = SimplexWeights.least(count, weights -> rehearsal.loss(weights, one));
                }
                yield new Blend(learned, method, SimplexWeights.least(count, rehearsal::error), quantiles, losses, Map.of(), Map.of());
            }
            case SEGMENTS -> segments(learned, rehearsal, losses);
        };
    }

    private static double[] alone(int member, int count) {
        double[] alone = new double[count];
        alone[member] = 1;
        return alone;
    }

    private static double[][] same(double[] weights) {
        double[][] same = new double[Levels.QUANTILES.length][];
        Arrays.fill(same, weights);
        return same;
    }

    private Blend segments(List<TrainedMember> learned, Rehearsal rehearsal, double[] losses) {
        int count = learned.size();
        Map<String, Integer> categories = new TreeMap<>();
        Map<String, Integer> products = new TreeMap<>();
        for (Rehearsal.Case one : rehearsal.cases()) {
            categories.putIfAbsent(category(one.product()), categories.size());
            products.putIfAbsent(one.product(), products.size());
        }
        SegmentChoice byCategory = new SegmentChoice(categories.size(), count, PRIOR_OF_CATEGORY);
        SegmentChoice byProduct = new SegmentChoice(products.size(), count, PRIOR_OF_PRODUCT);
        for (Rehearsal.Case one : rehearsal.cases()) {
            double[] lost = new double[count];
            Arrays.setAll(lost, m -> one.error(alone(m, count)));
            byCategory.add(categories.get(category(one.product())), lost);
            byProduct.add(products.get(one.product()), lost);
        }
        Map<String, Integer> ofCategory = new TreeMap<>();
        categories.forEach((text, index) -> ofCategory.put(text, byCategory.best(index)));
        Map<String, Integer> ofProduct = new TreeMap<>();
        products.forEach((product, index) -> {
            int category = categories.get(category(product));
            ofProduct.put(product, byProduct.best(index, member -> byCategory.loss(category, member)));
        });
        double[] alone = alone(byCategory.best(), count);
        return new Blend(learned, Method.SEGMENTS, alone, same(alone), losses, ofCategory, ofProduct);
    }

    private String category(String product) {
        return data.product(product).map(Product::category).orElse("");
    }
}
