package io.kontor.platform.decisions;

import io.kontor.api.risk.Assessment;
import io.kontor.platform.data.RecordRefusedException;
import io.kontor.platform.data.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Assesses transactions. Every transaction asked about is recorded and is part of what came before the next ones. The store's rules hold
 * whatever a plugin answers: a declining rule declines, else an approving rule approves, else a reviewing rule turns an approval into a
 * review. A service; safe for use by many threads.
 */
@ProviderType
public interface RiskDesk {

    /**
     * What a transaction turned out to be.
     *
     * @param labelling transaction, label and time
     * @param source who says so, for example {@code chargeback}; may be empty
     */
    record Label(Transactions.Labelling labelling, String source) {
    }

    /**
     * A transaction that a person should look at, or should have.
     *
     * @param id ascending in the order of time
     * @param transaction its id
     * @param requestId the assessment that asked for the review
     * @param score the assessment's score
     * @param reasons the assessment's reasons: JSON values
     * @param openedAt when
     * @param label fraud or legitimate; empty while the case is open
     * @param closedAt when the label came; empty while the case is open
     * @param source who gave the label; empty while the case is open or nobody said
     */
    record Case(long id, String transaction, String requestId, double score, List<Map<String, Object>> reasons, Instant openedAt,
            Optional<String> label, Optional<Instant> closedAt, Optional<String> source) {
    }

    /**
     * Takes a transaction, which is then to be assessed. Taking several before the first is assessed stores them together.
     *
     * @param store the id of an existing store
     * @param transaction JSON values by the names of the import files
     * @return the transaction
     * @throws RecordRefusedException naming the field, when the transaction is not acceptable
     */
    Transactions.Taken take(String store, Map<String, Object> transaction) throws RecordRefusedException;

    /**
     * Assesses a transaction. It is durable when this returns.
     *
     * @param taken the transaction
     * @param plugin the one plugin to ask instead of the store's pipeline; empty for the pipeline
     * @return the answer
     * @throws java.util.NoSuchElementException when the named plugin is not enabled
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when no plugin can answer; of kind CAPACITY when none did, or the
     *     transaction could not be stored
     */
    Answer<Assessment> assess(Transactions.Taken taken, Optional<String> plugin);

    /**
     * Notes what transactions turned out to be, which closes their cases. Durable when it returns.
     *
     * @param store the id of an existing store
     * @param labels at most 10,000
     * @return for each of them whether its transaction is recorded
     */
    boolean[] label(String store, List<Label> labels);

    /**
     * Cases, the newest first.
     *
     * @param store the store's id
     * @param open only open ones, or only closed ones; null for both
     * @param before only cases with a smaller id; {@link Long#MAX_VALUE} for the newest
     * @param limit at most so many, 1 to 501
     * @return the cases
     */
    List<Case> cases(String store, Boolean open, long before, int limit);
}
