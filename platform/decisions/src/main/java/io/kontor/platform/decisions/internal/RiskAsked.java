package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.TrainedRiskScorer;
import java.util.List;
import java.util.Optional;

/** A transaction to be judged by the plugins of the risk family. No earlier answer may be given again: each transaction is another one. */
final class RiskAsked extends Asked<Assessment> {

    private static final List<Class<?>> KINDS = List.of(RiskScorer.class, TrainedRiskScorer.class);

    private final RiskRequest request;

    RiskAsked(String store, Optional<String> named, RiskRequest request) {
        super(store, Family.RISK, KINDS, named);
        this.request = request;
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
