package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.Step;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.api.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges forecasters by a backtest at the natural step of the store's records ({@link DemandTable#step}): a shop whose sales come as sums of
 * weeks is judged week by week, one with sums of months month by month, all others day by day. Held out are the latest 28 days, 8 weeks or 6
 * months, or the latest fifth of a shorter history, for up to {@value #MAX_CASES} products. Errors are scaled by the natural season of the
 * step ({@link Step#season}) where a product's history is long enough for it. Periods in which a product was out of stock are passed over:
 * nobody knows their demand.
 */
final class DemandEvaluation implements FamilyEvaluation {

    /** Enough that the standard error of the primary metric is small; few enough that judging takes seconds. */
    static final int MAX_CASES = 2_000;

    private static final int MIN_CASES = 3;
    private static final int LONG_ENOUGH = 5;

    /**
     * How long a store's records of a step must be.
     *
     * @param horizon the most periods that are held out
     * @param shortest fewest periods of the store
     * @param history fewest periods of a product before the held-out ones
     * @param fewest fewest periods after a training to judge its model by
     */
    private record Terms(int horizon, int shortest, int history, int fewest) {

        static Terms of(Step step) {
            return switch (step) {
                case DAY -> new Terms(28, 35, 14, 7);
                case WEEK -> new Terms(8, 15, 8, 4);
                case MONTH -> new Terms(6, 15, 8, 3);
            };
        }
    }

    @Override
    public String family() {
        return Family.INVENTORY;
    }

    @Override
    public Optional<Holdout> holdOut(Snapshot all, Store store, long seed, JobContext job) {
        DemandTable whole = DemandTable.of(all.window(null, null), store.timeZone(), job);
        if (whole.products().isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + store.id()
                    + " has sold nothing yet, so there is no demand to learn from; import sales or orders first.");
        }
        Step step = whole.step();
        Terms terms = Terms.of(step);
        DemandSeries longest = whole.products().stream().flatMap(product -> whole.series(product, "", step).stream())
                .max(Comparator.comparingInt(series -> series.quantity().length)).orElseThrow();
        int span = longest.quantity().length;
        if (span < terms.shortest) {
            return Optional.empty();
        }
        int horizon = Math.min(terms.horizon, span / LONG_ENOUGH);
        return held(all, whole, step.plus(longest.end(), -horizon), horizon, seed);
    }

    @Override
    public Optional<Holdout> since(Snapshot all, Store store, Instant from, long seed, JobContext job) {
        DemandTable whole = DemandTable.of(all.window(null, null), store.timeZone(), job);
        Step step = whole.step();
        Optional<DemandSeries> any = whole.products().stream().flatMap(product -> whole.series(product, "", step).stream()).findFirst();
        if (any.isEmpty()) {
            return Optional.empty();
        }
        LocalDate begin = firstBegin(whole, any.get().start(), step, from);
        int known = step.between(begin, any.get().end());
        return known < Terms.of(step).fewest ? Optional.empty()
                : held(all, whole, begin, Math.min(Terms.of(step).horizon, known), seed);
    }

    /** The first period that begins at or after a moment. */
    static LocalDate firstBegin(DemandTable table, LocalDate anyBegin, Step step, Instant from) {
        LocalDate begin = anyBegin;
        while (table.begin(begin).isBefore(from)) {
            begin = step.plus(begin, 1);
        }
        return begin;
    }

    private static Optional<Holdout> held(Snapshot all, DemandTable whole, LocalDate begin, int horizon, long seed) {
        Step step = whole.step();
        Terms terms = Terms.of(step);
        Instant cut = whole.begin(begin);
        Snapshot earlier = all.window(null, cut);
        DemandTable known = whole.before(begin);
        List<DemandCase> cases = new ArrayList<>();
        List<String> products = known.products().stream()
                .sorted(Comparator.comparingLong((String product) -> RankingEvaluation.hash(product, seed)).thenComparing(product -> product))
                .toList();
        for (String product : products) {
            DemandSeries history = known.series(product, "", step).orElse(null);
            if (cases.size() < MAX_CASES && history != null && history.quantity().length >= terms.history) {
                DemandCase.of(history, whole.series(product, "", step).orElseThrow(), horizon).ifPresent(cases::add);
            }
        }
        return cases.size() < MIN_CASES ? Optional.empty()
                : Optional.of(new DemandHoldout(earlier, cut, horizon, cases, slicing(all, begin, cases)));
    }

    private static Slicing slicing(Snapshot all, LocalDate begin, List<DemandCase> cases) {
        Map<String, String> categories = Slicing.categories(all);
        return new Slicing()
                .by("category", cases.stream().map(one -> categories.get(one.history().product())).toArray(String[]::new))
                .by("product", cases.stream().map(one -> Slicing.newness(one.history().start(), begin)).toArray(String[]::new))
                .by("demand", cases.stream().map(DemandCase::kind).toArray(String[]::new));
    }
}
