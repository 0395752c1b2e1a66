package io.kontor.platform.decisions;

import io.kontor.api.decision.Reason;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RiskRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The operators' rules for transactions, store by store. A service; safe for use by many threads. */
@ProviderType
public interface RiskRuleBook {

    /**
     * How a rule would have done on a store's recent transactions.
     *
     * @param transactions how many were looked at, the latest 50,000 at most
     * @param from time of the first; null when there are none
     * @param to time of the last; null when there are none
     * @param hits to how many the rule applies
     * @param labelled how many have a label
     * @param frauds how many are known as fraud
     * @param labelledHits how many of the hits have a label
     * @param fraudHits how many of the hits are known as fraud
     * @param examples the latest hits
     */
    record Trial(long transactions, Instant from, Instant to, long hits, long labelled, long frauds, long labelledHits, long fraudHits,
            List<Example> examples) {

        /**
         * Which share of the hits with a label is fraud.
         *
         * @return 0 to 1, or empty when no hit has a label
         */
        public Optional<Double> precision() {
            return labelledHits == 0 ? Optional.empty() : Optional.of((double) fraudHits / labelledHits);
        }

        /**
         * Which share of the known frauds the rule finds.
         *
         * @return 0 to 1, or empty when none is known
         */
        public Optional<Double> recall() {
            return frauds == 0 ? Optional.empty() : Optional.of((double) fraudHits / frauds);
        }
    }

    /**
     * A transaction to which a rule applies.
     *
     * @param transaction with its label
     * @param reason what the rule found
     */
    record Example(LabelledTransaction transaction, Reason reason) {
    }

    /**
     * A store's rules.
     *
     * @param store the store's id
     * @return in order of their ids
     */
    List<RiskRule> list(String store);

    /**
     * One rule.
     *
     * @param store the store's id
     * @param id the rule's id
     * @return the rule, or empty when there is none
     */
    Optional<RiskRule> find(String store, String id);

    /**
     * Rules that most shops begin with.
     *
     * @param store the id of an existing store
     * @return with names in the store's language
     */
    List<RiskRule> starters(String store);

    /**
     * Adds or replaces a rule. It applies to the next transaction.
     *
     * @param store the id of an existing store
     * @param rule the rule
     * @throws FormRefusedException when the id is malformed or the store has too many rules
     */
    void put(String store, RiskRule rule) throws FormRefusedException;

    /**
     * Removes a rule.
     *
     * @param store the store's id
     * @param id the rule's id
     * @return whether there was one
     */
    boolean delete(String store, String id);

    /**
     * Tries a rule on recorded transactions, each seen with what came before it, and changes nothing.
     *
     * @param store the id of an existing store
     * @param rule the rule
     * @return how it did
     * @throws io.kontor.api.KontorException of kind CAPACITY when another trial is under way
     */
    Trial test(String store, RiskRule rule);
}
