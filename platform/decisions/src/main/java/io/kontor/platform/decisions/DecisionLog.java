package io.kontor.platform.decisions;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Every served answer with its question, and what became of it. Noting costs the answer nothing: entries are written in batches soon after.
 * When the database cannot keep up, entries are left out and counted rather than answers held up. Entries older than 90 days are removed. A
 * service; safe for use by several threads.
 */
@ProviderType
public interface DecisionLog {

    /**
     * A served answer.
     *
     * @param requestId names it
     * @param store the store's id
     * @param time when
     * @param family the family's name
     * @param subject what it was about: a product, a customer or a transaction; may be empty
     * @param customer the customer's id when the answer is about a person; such entries are erased with the person; may be empty
     * @param servedBy who gave it
     * @param fallback why a fallback answered; empty when none did
     * @param question what was asked: JSON values by name
     * @param answer what was answered: a JSON value or a record of them
     */
    record Entry(String requestId, String store, Instant time, String family, String subject, String customer, Answer.ServedBy servedBy,
            Optional<String> fallback, Map<String, ?> question, Object answer) {
    }

    /**
     * What became of an answer.
     *
     * @param requestId the answer
     * @param product the product concerned; empty when it is the whole answer
     * @param type impression, click, cart, purchase or return; of an assessment fraud or legitimate
     * @param time when
     * @param value what the product was bought for, in the store's currency; empty when the shop does not say
     */
    record Feedback(String requestId, String product, String type, Instant time, Optional<Double> value) {

        /**
         * What became of an answer, without a value.
         *
         * @param requestId the answer
         * @param product the product concerned; empty when it is the whole answer
         * @param type impression, click, cart, purchase or return; of an assessment fraud or legitimate
         * @param time when
         */
        public Feedback(String requestId, String product, String type, Instant time) {
            this(requestId, product, type, time, Optional.empty());
        }
    }

    /**
     * Notes an answer.
     *
     * @param entry the answer; must not change any more
     */
    void note(Entry entry);

    /**
     * Entries of a store, the latest first; those of the calls before included.
     *
     * @param store the store's id
     * @param family only of this family; null for all
     * @param subject only about this subject; null for all
     * @param from only from then on; null for no bound
     * @param to only before then; null for no bound
     * @param after the request id after whose entry the list goes on; null for the beginning
     * @param limit at most so many, 1 to 500
     * @return entries, with question and answer as plain JSON values
     */
    List<Entry> list(String store, String family, String subject, Instant from, Instant to, String after, int limit);

    /**
     * One entry.
     *
     * @param store the store's id
     * @param requestId names it
     * @return the entry, with question and answer as plain JSON values
     */
    Optional<Entry> find(String store, String requestId);

    /**
     * The latest answers about some subjects; those of the calls before included.
     *
     * @param store the store's id
     * @param family the family's name
     * @param subjects at most 10,000
     * @return request ids by subject; only subjects that have an answer
     */
    Map<String, String> latest(String store, String family, Collection<String> subjects);

    /**
     * Notes what became of answers. Durable when it returns; the same twice counts once.
     *
     * @param store the store's id
     * @param feedback up to 10,000
     * @return for each of them whether its answer is known; what belongs to unknown answers is not kept
     */
    boolean[] feedback(String store, List<Feedback> feedback);

    /**
     * What became of one answer.
     *
     * @param store the store's id
     * @param requestId names the answer
     * @return by time
     */
    List<Feedback> feedbackOn(String store, String requestId);

    /** Waits until what was noted before is written, for some seconds at most. */
    void awaitWritten();

    /**
     * How many entries were left out since the start because the database could not keep up.
     *
     * @return the number
     */
    long leftOut();
}
