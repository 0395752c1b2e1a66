package io.kontor.platform.data;

import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes transactions one request at a time, remembers the recent ones of each store, and learns what they turned out to be. A service; safe
 * for use by many threads.
 */
@ProviderType
public interface Transactions {

    /**
     * A transaction that was taken.
     *
     * @param store the store's id
     * @param transaction as training would read it
     * @param stored done once it is durable; completed exceptionally when it could not be stored
     */
    record Taken(String store, Transaction transaction, CompletableFuture<?> stored) {
    }

    /**
     * What a transaction turned out to be.
     *
     * @param transaction its id
     * @param label fraud or legitimate
     * @param time when that became known
     */
    record Labelling(String transaction, LabelledTransaction.Label label, Instant time) {
    }

    /**
     * Takes a transaction: it is among the recent ones when this returns, and will be durable soon after. One whose id is there already
     * changes nothing.
     *
     * @param store the id of an existing store
     * @param record JSON values by the names of the import files
     * @return the transaction
     * @throws RecordRefusedException naming the field, when the record is not acceptable
     * @throws io.kontor.api.KontorException of kind CAPACITY when too many wait to be stored
     */
    Taken take(String store, Map<String, Object> record) throws RecordRefusedException;

    /**
     * Waits until a transaction is durable.
     *
     * @param taken the transaction
     * @throws io.kontor.api.KontorException of kind CAPACITY or INTERNAL when it may not be; it must be sent again then
     */
    void awaitStored(Taken taken);

    /**
     * A store's recent transactions. In memory; read from the records when nobody has asked for an hour or more.
     *
     * @param store the id of an existing store
     * @return the memory, which follows what this server stores
     */
    RecentTransactions recent(String store);

    /**
     * Reads a store's latest transactions from the records, as many as are remembered.
     *
     * @param store the id of an existing store
     * @param each gets them in order of time
     */
    void readRecent(String store, Consumer<LabelledTransaction> each);

    /**
     * Transactions by their ids.
     *
     * @param store the store's id
     * @param ids at most 10,000
     * @return those that are recorded, by id
     */
    Map<String, LabelledTransaction> find(String store, Collection<String> ids);

    /**
     * Notes what transactions turned out to be; a later labelling replaces an earlier one. Durable when this returns.
     *
     * @param store the id of an existing store
     * @param labellings at most 10,000
     * @return for each of them whether its transaction is recorded
     */
    boolean[] label(String store, List<Labelling> labellings);
}
