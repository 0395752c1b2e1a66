package io.kontor.platform.decisions;

import io.kontor.api.recommend.Ranking;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Answers what shops ask of the recommend family: builds the request, asks the store's plugins through the guard. Safe for many threads. */
@ProviderType
public interface RecommendationDesk {

    /** Code of the last reason of a product that the baseline added to an answer that was too short. Its score is a rank only. */
    String FILLED_UP = "filled-up";

    /** Code of the last reason of each product when the customer has not agreed to personalisation: customer and visit were not looked at. */
    String NO_CONSENT = "no-consent";

    /**
     * A question as it comes from outside.
     *
     * @param placement where the list will stand; empty when not said
     * @param customer the customer's id; empty for an unknown visitor
     * @param product the product looked at; empty when there is none
     * @param session products of the running visit, oldest first
     * @param n how many, 1 to 1,000
     * @param plugin the one plugin to ask instead of the store's pipeline; empty for the pipeline
     */
    record Question(Optional<String> placement, Optional<String> customer, Optional<String> product, List<String> session, int n,
            Optional<String> plugin) {
    }

    /**
     * Answers.
     *
     * @param store the id of an existing store
     * @param question what is asked
     * @return the answer; its items never contain products that the customer already bought or that are inactive
     * @throws java.util.NoSuchElementException when the named plugin is not enabled for the store
     * @throws io.kontor.api.KontorException of kind CONFIGURATION, with a plain sentence, when no plugin of the family is enabled; of kind
     *     CAPACITY when neither the plugin nor a fallback could answer
     */
    Answer<Ranking> recommend(String store, Question question);
}
