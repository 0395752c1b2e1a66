package io.kontor.risk.ensemble;

import io.kontor.api.data.Snapshot;
import io.kontor.api.ensemble.Cohort;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.SegmentChoice;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskScorer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Learns an ensemble: lets the members learn from all records, then again from earlier parts of them (rolling origin), asks them for the
 * labelled transactions after each part, and finds out from their answers whom to listen to.
 */
final class Learning {

    /** Members learn from at least this share of the labelled transactions before they are compared. */
    private static final double LEAST_SHARE = 0.4;
    private static final int MOST_CASES_OF_A_FOLD = 20_000;
    private static final int LEAST_OF_A_KIND = 5;
    /** With so many cases a segment counts as much as all others. */
    private static final double PRIOR = 200;
    private static final int ASKED_EVERY = 256;
    private static final double FIRST = 0.4;

    private final Training training;
    private final Members members;
    private final Method method;
    private final Segment segment;
    private final int folds;

    Learning(Training training, Members members, Method method, Segment segment, int folds) {
        this.training = training;
        this.members = members;
        this.method = method;
        this.segment = segment;
        this.folds = folds;
    }

    Blend learn() {
        try (Cohort cohort = Cohort.open(members, Family.RISK, training)) {
            List<TrainedMember> learned = cohort.train(training.data(), 0, FIRST, "on all data");
            Rehearsal rehearsal = rehearse(cohort);
            training.job().log("Compared " + learned.size() + " members on " + rehearsal.size() + " transactions they had not learned from, "
                    + rehearsal.frauds() + " of them frauds");
            return blend(learned, rehearsal);
        }
    }

    private Rehearsal rehearse(Cohort cohort) {
        long[] times = labelled();
        Rehearsal rehearsal = new Rehearsal();
        for (int fold = 0; fold < folds && times.length > folds; fold++) {
            Instant cut = Instant.ofEpochMilli(times[at(times.length, fold)]);
            Instant end = fold + 1 < folds ? Instant.ofEpochMilli(times[at(times.length, fold + 1)]) : null;
            double from = FIRST + (1 - FIRST) * fold / folds;
            double until = FIRST + (1 - FIRST) * (fold + 1) / folds;
            String step = "on the data before " + cut;
            double middle = from + 0.8 * (until - from);
            JobContext asking = training.job();
            int number = fold;
            int every = Math.max(1, times.length / folds / MOST_CASES_OF_A_FOLD);
            cohort.rehearse(training.data().window(null, cut), from, middle, step).ifPresent(learned ->
                    ask(learned, number, new Window(cut, end, every), new PartOfJob(asking, middle, until, "comparing the members"),
                            rehearsal));
        }
        return rehearsal;
    }

    /**
     * What members are asked for.
     *
     * @param from the first moment
     * @param until the first moment after; null for no bound
     * @param every one of so many labelled transactions
     */
    private record Window(Instant from, Instant until, int every) {
    }

    private int at(int labelled, int fold) {
        return (int) (labelled * (LEAST_SHARE + (1 - LEAST_SHARE) * fold / folds));
    }

    private long[] labelled() {
        long[][] times = {new long[1_024]};
        int[] size = {0};
        each(training.data().window(null, null), training.job(), row -> {
            if (row.label() != LabelledTransaction.Label.UNKNOWN) {
                times[0] = size[0] == times[0].length ? Arrays.copyOf(times[0], size[0] * 2) : times[0];
                times[0][size[0]++] = row.transaction().time().toEpochMilli();
            }
        });
        return Arrays.copyOf(times[0], size[0]);
    }

    private static void each(Snapshot data, JobContext job, Consumer<LabelledTransaction> rows) {
        int[] count = {0};
        LabelledTransaction.read(data, row -> {
            if (count[0]++ % ASKED_EVERY == 0) {
                job.checkCancelled();
            }
            rows.accept(row);
        });
    }

    private void ask(List<TrainedMember> learned, int fold, Window asked, JobContext job, Rehearsal rehearsal) {
        List<RiskScorer> scorers = learned.stream().map(member -> member.riskScorer(true)).toList();
        RecentTransactions recent = new RecentTransactions();
        int[] labelled = {0};
        each(training.data().window(asked.from().minus(RecentTransactions.WINDOW), asked.until()), job, row -> {
            boolean later = row.label() != LabelledTransaction.Label.UNKNOWN && !row.transaction().time().isBefore(asked.from());
            if (later && labelled[0]++ % asked.every() == 0) {
                RiskRequest request = recent.request(row.transaction());
                double[] said = scorers.stream().mapToDouble(scorer -> scorer.assess(request).score()).toArray();
                rehearsal.add(fold, said, row.label() == LabelledTransaction.Label.FRAUD, segment.of(row.transaction()));
            }
            recent.add(row.transaction());
        });
    }

    private Blend blend(List<TrainedMember> learned, Rehearsal rehearsal) {
        int count = learned.size();
        double[] equal = new double[count];
        Arrays.fill(equal, 1.0 / count);
        boolean enough = rehearsal.frauds() >= LEAST_OF_A_KIND && rehearsal.size() - rehearsal.frauds() >= LEAST_OF_A_KIND;
        if (!enough) {
            training.job().log("These are too few to find out whom to listen to; the ensemble takes the mean of its members.");
            double[] unknown = new double[count];
            Arrays.fill(unknown, Double.NaN);
            return new Blend(learned, Method.AVERAGE, segment, 0, equal, unknown, new double[count], Map.of());
        }
        Map<String, Integer> segments = new TreeMap<>();
        for (int row = 0; row < rehearsal.size(); row++) {
            segments.putIfAbsent(rehearsal.segment(row), segments.size());
        }
        SegmentChoice choice = new SegmentChoice(segments.size(), count, PRIOR);
        double[] usual = new double[count];
        for (int row = 0; row < rehearsal.size(); row++) {
            double[] lost = new double[count];
            for (int m = 0; m < count; m++) {
                lost[m] = Odds.loss(rehearsal.scores(row)[m], rehearsal.fraud(row));
            }
            choice.add(segments.get(rehearsal.segment(row)), lost);
        }
        Arrays.setAll(usual, m -> Odds.probability(rehearsal.usual(m)));
        double[] losses = new double[count];
        Arrays.setAll(losses, choice::loss);
        Map<String, Integer> best = new TreeMap<>();
        segments.forEach((text, index) -> best.put(text, choice.best(index)));
        return switch (method) {
            case AVERAGE -> new Blend(learned, method, segment, 0, equal, losses, usual, Map.of());
            case STACKING -> {
                LogisticStack stack = LogisticStack.fit(rehearsal, count);
                yield new Blend(learned, method, segment, stack.intercept(), stack.coefficients(), losses, usual, Map.of());
            }
            case SEGMENTS -> {
                double[] alone = new double[count];
                alone[choice.best()] = 1;
                yield new Blend(learned, method, segment, 0, alone, losses, usual, best);
            }
        };
    }
}
