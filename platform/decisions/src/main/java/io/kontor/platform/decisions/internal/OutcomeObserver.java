package io.kontor.platform.decisions.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Is told which lists of recommendations were given and what they led to, each thing once, in the transaction that notes it. */
interface OutcomeObserver {

    /**
     * Lists were given.
     *
     * @param connection in the transaction
     * @param served the lists, without their products
     * @throws SQLException to roll back
     */
    void served(Connection connection, List<Served> served) throws SQLException;

    /**
     * Lists led to something.
     *
     * @param connection in the transaction
     * @param outcomes what counts for the first time
     * @throws SQLException to roll back
     */
    void ledTo(Connection connection, List<Outcome> outcomes) throws SQLException;
}
