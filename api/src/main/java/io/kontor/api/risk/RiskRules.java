package io.kontor.api.risk;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The rules of the one store that a plugin instance works for. The platform registers one service per store, with the property
 * {@code kontor.store}, and binds a plugin's plain {@code @Reference RiskRules} to the right one.
 *
 * <p>A plugin need not ask for them: the platform applies the store's rules to every assessment. Answers from memory; safe for use by
 * several threads.
 */
@ProviderType
public interface RiskRules {

    /**
     * The store's rules as they are now.
     *
     * @return in order of their ids, those that are not enabled included
     */
    List<RiskRule> rules();

    /**
     * Rules that most shops begin with. An operator may make them the store's own.
     *
     * @return rules with names in the store's language
     */
    List<RiskRule> starters();

    /**
     * Which of some rules apply to a transaction.
     *
     * @param rules the rules
     * @param request the transaction and what came before it
     * @return those that apply, each with its reason in the store's language, in the order of the rules
     */
    List<RuleHit> hits(List<RiskRule> rules, RiskRequest request);
}
