package io.kontor.platform.data.internal;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with the rows that an import or a source brings, batch by batch. For one thread. */
interface Rows {

    /** How many rows are stored together at best. */
    int BATCH = 2_000;

    /** Something that belongs into the transaction of a batch. */
    @FunctionalInterface
    interface Besides {

        /** Nothing. */
        Besides NOTHING = connection -> { };

        void write(Connection connection) throws SQLException;
    }

    /** Takes a good row, as {@link RowParser} makes them. */
    void add(Object[] row);

    /**
     * Takes a bad row.
     *
     * @param line where it stands, from 1; 0 when it stands in no file
     * @param raw as far as it was sorted into columns
     * @param text as it came, cut and cleaned
     * @param refusal why
     */
    void putAside(long line, RawRow raw, String text, RowRefusedException refusal);

    /** How many rows wait for {@link #flush}. */
    int pending();

    /**
     * Does with the rows that wait what is to be done, and counts it.
     *
     * @param account where it is counted
     * @param besides written with them
     */
    void flush(Ledger.Account account, Besides besides);
}
