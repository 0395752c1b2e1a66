package io.kontor.platform.testkit.data;

import io.kontor.api.decision.Reason;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RiskRules;
import io.kontor.api.risk.RuleHit;
import java.util.List;

/**
 * Rules in memory. A hit's reason is the rule's name.
 *
 * @param rules the store's rules
 * @param starters what the store could begin with
 */
public record SampleRules(List<RiskRule> rules, List<RiskRule> starters) implements RiskRules {

    @Override
    public List<RuleHit> hits(List<RiskRule> some, RiskRequest request) {
        return some.stream().filter(rule -> rule.applies(request))
                .map(rule -> new RuleHit(rule, new Reason("rule-" + rule.id(), rule.name(), rule.weight()))).toList();
    }
}
