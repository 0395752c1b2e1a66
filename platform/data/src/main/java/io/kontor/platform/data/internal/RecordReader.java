package io.kontor.platform.data.internal;

import java.io.Closeable;
import java.io.IOException;

/** Reads a file record by record and never stumbles over a bad one. For one thread. */
interface RecordReader extends Closeable {

    /**
     * Goes to the next record.
     *
     * @return false at the end of the file
     * @throws IOException when the file cannot be read
     */
    boolean next() throws IOException;

    /** Where the present record begins: its line in the file, from 1. */
    long line();

    /** The present record as it was written, cut and cleaned for the quarantine. */
    String raw();

    /**
     * Sorts the present record into columns.
     *
     * @param row to be filled
     * @throws RowRefusedException when the record is no record
     */
    void read(RawRow row) throws RowRefusedException;

    /** How many bytes of the file have been taken in. */
    long bytesRead();
}
