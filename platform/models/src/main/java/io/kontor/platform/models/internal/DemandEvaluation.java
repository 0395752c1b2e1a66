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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Judges forecasters by a backtest: the latest four weeks are held out, or the latest fifth of a shorter history, and forecast day by day for
 * up to {@value #MAX_CASES} products. Days on which a product was out of stock are passed over: nobody knows their demand.
 */
final class DemandEvaluation implements FamilyEvaluation {

    /** Enough that the standard error of the primary metric is small; few enough that judging takes seconds. */
    static final int MAX_CASES = 2_000;

    private static final int MIN_CASES = 3;
    private static final int HORIZON = 28;
    private static final int LONG_ENOUGH = 5 * HORIZON;
    private static final int SHORTEST = 35;
    private static final int LEAST_HISTORY = 14;

    @Override
    public String family() {
        return Family.INVENTORY;
    }

    @Override
    public Optional<Holdout> holdOut(Snapshot all, Store store, long seed, JobContext job) {
        DemandTable whole = DemandTable.of(all.window(null, null), store.timeZone(), job);
        LocalDate last = whole.lastDay().orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "Store " + store.id()
                + " has sold nothing yet, so there is no demand to learn from; import sales or orders first."));
        long span = ChronoUnit.DAYS.between(whole.firstDay().orElseThrow(), last) + 1;
        if (span < SHORTEST) {
            return Optional.empty();
        }
        int horizon = span >= LONG_ENOUGH ? HORIZON : (int) (span / 5);
        LocalDate begin = last.minusDays(horizon - 1L);
        Instant cut = whole.begin(begin);
        Snapshot earlier = all.window(null, cut);
        DemandTable known = whole.before(begin);
        List<DemandCase> cases = new ArrayList<>();
        List<String> products = known.products().stream()
                .sorted(Comparator.comparingLong((String product) -> RankingEvaluation.hash(product, seed)).thenComparing(product -> product))
                .toList();
        for (String product : products) {
            DemandSeries history = known.series(product, "", Step.DAY).orElse(null);
            if (cases.size() < MAX_CASES && history != null && history.quantity().length >= LEAST_HISTORY) {
                DemandCase.of(history, whole.series(product, "", Step.DAY).orElseThrow(), horizon).ifPresent(cases::add);
            }
        }
        return cases.size() < MIN_CASES ? Optional.empty() : Optional.of(new DemandHoldout(earlier, cut, horizon, cases));
    }
}
