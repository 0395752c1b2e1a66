package io.kontor.platform.decisions;

import io.kontor.api.bandit.OffPolicyEstimate;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What placements learn about their strategies while they serve: each request is answered by one of them, chosen by what earlier requests of
 * a similar visit led to, with a known probability. A list that led to a click or a purchase has earned 1, any other 0. A service; safe for
 * use by several threads.
 */
@ProviderType
public interface Learning {

    /**
     * What is known of a strategy.
     *
     * @param strategy the plugin
     * @param choices how often it was chosen
     * @param mean what it earned on average when it was chosen, which is not what it would earn if it were always; NaN without choices
     * @param selfNormalised what it would earn if it were always chosen, self-normalised ({@link io.kontor.api.bandit.OffPolicy})
     * @param inversePropensity the same by inverse propensities
     * @param doublyRobust the same doubly robust, which is the best of the three as a rule
     */
    record Arm(String strategy, long choices, double mean, OffPolicyEstimate selfNormalised, OffPolicyEstimate inversePropensity,
            OffPolicyEstimate doublyRobust) {
    }

    /**
     * What is known of a placement.
     *
     * @param method linucb or thompson
     * @param floor which share of the choices is spread evenly whatever is known
     * @param logged on how many of the latest choices the estimates are made
     * @param served what these earned on average, as they were chosen
     * @param uniform what choosing evenly would earn, doubly robust
     * @param arms the strategies in the placement's order
     */
    record Standing(String method, double floor, int logged, double served, OffPolicyEstimate uniform, List<Arm> arms) {
    }

    /**
     * What is known of a placement's strategies.
     *
     * @param store the store's id
     * @param placement a placement that learns
     * @return what is known
     */
    Standing of(String store, Placement placement);
}
