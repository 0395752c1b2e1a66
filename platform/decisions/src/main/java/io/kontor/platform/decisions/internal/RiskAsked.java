package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A transaction to be judged by the plugins of the risk family. No earlier answer may be given again: each transaction is another one. */
final class RiskAsked extends Asked<Assessment> {

    private static final List<Class<?>> KINDS = List.of(RiskScorer.class, TrainedRiskScorer.class);

    private final RiskRequest request;

    RiskAsked(String store, Optional<String> named, RiskRequest request) {
        super(store, Family.RISK, KINDS, named);
        this.request = request;
    }

    @Override
    Optional<String> unit() {
        Transaction transaction = request.transaction();
        return Stream.of(transaction.customerId(), transaction.cardHash(), transaction.id()).filter(unit -> unit != null && !unit.isEmpty())
                .findFirst();
    }

    @Override
    String subject() {
        return request.transaction().id();
    }

    @Override
    String customer() {
        return request.transaction().customerId();
    }

    @Override
    Map<Measure, Double> differences(Assessment champion, Assessment shadow) {
        return Map.of(Measure.SCORE, shadow.score() - champion.score(), Measure.VERDICT_CHANGED,
                champion.verdict() == shadow.verdict() ? 0.0 : 1.0);
    }

    @Override
    @SuppressWarnings("unchecked")
    Assessment ask(Object plugin, Turn turn) {
        Assessment assessment = plugin instanceof RiskScorer scorer ? scorer.assess(request)
                : ((TrainedRiskScorer<Object>) plugin).assess(turn.model(), request);
        if (assessment == null || assessment.reasons().isEmpty()) {
            throw new IllegalStateException("the plugin gave no assessment, or one without a reason");
        }
        return assessment;
    }
}
