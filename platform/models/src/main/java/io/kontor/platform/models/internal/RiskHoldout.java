package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.TrainedRiskScorer;
import java.time.Instant;
import java.util.function.Function;

/**
 * The held-out transactions. They are read anew for each scorer, together with what came before them, so that none has to be kept in memory
 * and each is asked about as it would have been then.
 */
final class RiskHoldout implements FamilyEvaluation.Holdout {

    private static final int ASKED_EVERY = 500;

    private final Snapshot all;
    private final Instant begin;
    private final int cases;

    /**
     * Held-out transactions.
     *
     * @param all all records of the store
     * @param begin the time of the first one
     * @param cases how many have a label
     */
    RiskHoldout(Snapshot all, Instant begin, int cases) {
        this.all = all;
        this.begin = begin;
        this.cases = cases;
    }

    @Override
    public Snapshot earlier() {
        return all.window(null, begin);
    }

    @Override
    public Instant begin() {
        return begin;
    }

    @Override
    public FamilyEvaluation.Judgement judge(Object plugin, Object model, JobContext job) {
        Function<RiskRequest, Assessment> scorer = scorer(plugin, model);
        RecentTransactions recent = new RecentTransactions();
        RiskAnswers answers = new RiskAnswers();
        int[] done = {0};
        LabelledTransaction.read(all.window(begin.minus(RecentTransactions.WINDOW), null), row -> {
            if (row.label() != LabelledTransaction.Label.UNKNOWN && !row.transaction().time().isBefore(begin)) {
                if (done[0] % ASKED_EVERY == 0) {
                    job.checkCancelled();
                    job.progress(Math.min(1, (double) done[0] / cases), "transaction " + done[0] + " of " + cases);
                }
                done[0]++;
                RiskRequest request = recent.request(row.transaction());
                Assessment assessment = answer(scorer, request);
                answers.add(assessment.score(), assessment.verdict(), row.label() == LabelledTransaction.Label.FRAUD, request);
            }
            recent.add(row.transaction());
        });
        return answers.judgement();
    }

    @SuppressWarnings("unchecked")
    private static Function<RiskRequest, Assessment> scorer(Object plugin, Object model) {
        if (plugin instanceof TrainedRiskScorer<?> trained) {
            return request -> ((TrainedRiskScorer<Object>) trained).assessBriefly(model, request);
        } else if (plugin instanceof RiskScorer scorer) {
            return scorer::assess;
        }
        throw new KontorException(KontorException.Kind.PLUGIN, plugin.getClass().getName()
                + " says that it judges risk but is neither a RiskScorer nor a TrainedRiskScorer.");
    }

    private static Assessment answer(Function<RiskRequest, Assessment> scorer, RiskRequest request) {
        Assessment assessment = scorer.apply(request);
        if (assessment == null || assessment.reasons().isEmpty()) {
            throw new KontorException(KontorException.Kind.PLUGIN, "An answer " + (assessment == null ? "is null." : "has no reason."));
        }
        return assessment;
    }
}
