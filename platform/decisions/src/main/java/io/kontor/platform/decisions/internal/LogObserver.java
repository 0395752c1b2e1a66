package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.DecisionLog.Entry;
import io.kontor.platform.decisions.DecisionLog.Feedback;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Is told what the log of decisions writes, in the transaction that writes it, so that what it makes of it is neither lost nor doubled. */
interface LogObserver {

    /**
     * Entries were written.
     *
     * @param connection in the transaction
     * @param entries of any stores and families, without their answers
     * @throws SQLException to roll back
     */
    void written(Connection connection, List<Entry> entries) throws SQLException;

    /**
     * Feedback was written, some of it perhaps not for the first time.
     *
     * @param connection in the transaction
     * @param store the store's id
     * @param feedback on answers that are known
     * @throws SQLException to roll back
     */
    void became(Connection connection, String store, List<Feedback> feedback) throws SQLException;
}
