package io.kontor.platform.decisions;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Answers what shops ask of the recommend family: builds the request, asks the store's plugins through the guard. Safe for many threads. */
@ProviderType
public interface RecommendationDesk {

    /** Code of the last reason of a product that the baseline added to an answer that was too short. Its score is a rank only. */
    String FILLED_UP = "filled-up";

    /** Code of the last reason of each product when the customer has not agreed to personalisation: customer and visit were not looked at. */
    String NO_CONSENT = "no-consent";

    /** On what a visit is made. */
    enum Device {
        /** A computer. */
        DESKTOP,
        /** A telephone. */
        MOBILE,
        /** Something between the two. */
        TABLET;

        /**
         * What requests and the log call it.
         *
         * @return in lower case
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A question as it comes from outside.
     *
     * @param placement where the list will stand; empty when not said
     * @param customer the customer's id; empty for an unknown visitor
     * @param product the product looked at; empty when there is none
     * @param session products of the running visit, oldest first
     * @param n how many, 1 to 1,000
     * @param plugin the one plugin to ask instead of the store's pipeline; empty for the pipeline
     * @param visitor what the shop calls a visitor, so that an experiment shows one who is not known always the same; empty when not said
     * @param device on what the visit is made, by which a placement that learns chooses too; empty when not said
     */
    record Question(Optional<String> placement, Optional<String> customer, Optional<String> product, List<String> session, int n,
            Optional<String> plugin, Optional<String> visitor, Optional<Device> device) {

        /**
         * A question for a visitor whom the shop does not name.
         *
         * @param placement where the list will stand
         * @param customer the customer's id
         * @param product the product looked at
         * @param session products of the running visit
         * @param n how many
         * @param plugin the one plugin to ask
         */
        public Question(Optional<String> placement, Optional<String> customer, Optional<String> product, List<String> session, int n,
                Optional<String> plugin) {
            this(placement, customer, product, session, n, plugin, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Answers. When the store has an enabled placement of the name that the question gives, its definition makes the list, which then is never
     * empty as long as any product of the catalogue passes its filters.
     *
     * @param store the id of an existing store
     * @param question what is asked
     * @return the answer; its items never contain products that are inactive, that the customer does not want to see, or that the customer has
     *     bought or rated unless the placement lets them
     * @throws java.util.NoSuchElementException when the named plugin is not enabled for the store
     * @throws io.kontor.api.KontorException of kind CONFIGURATION, with a plain sentence, when no plugin of the family is enabled; of kind
     *     CAPACITY when neither the plugin nor a fallback could answer; neither when a placement makes the list
     */
    Answer<Recommended> recommend(String store, Question question);

    /**
     * Orders a given list for a person: the store's plugins that know persons rank its products, and the shop's own order counts too. Products
     * that no plugin can rank keep their order among themselves; for somebody unknown without a visit the shop's order stays.
     *
     * @param store the id of an existing store
     * @param products 1 to 1,000 products in the shop's order; of equal ones the first counts
     * @param question for whom; the filters, rules and caps of its placement hold, when the store has it
     * @param weight how much the plugins count, 0 to 1; empty for what the placement says, or one half
     * @return nothing but given products
     * @throws java.util.NoSuchElementException when the named plugin is not enabled for the store
     */
    Answer<Recommended> rerank(String store, List<String> products, Question question, Optional<Double> weight);

    /**
     * What a definition of a placement would answer, and how. Nothing is logged.
     *
     * @param store the id of an existing store
     * @param placement a definition that was checked; the store need not have it
     * @param question what is asked
     * @return all stages
     * @throws java.util.NoSuchElementException when the named plugin is not enabled for the store
     */
    PlacementPreview preview(String store, Placement placement, Question question);
}
