package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import io.kontor.platform.jobs.Starter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Takes files of canonical records. A service; safe for use by several threads. */
@ProviderType
public interface Imports {

    /** Type of the job that imports a received file. */
    String JOB = "import";

    /** How a file is written. */
    enum Format {
        /** CSV after RFC 4180 with a header. */
        CSV,
        /** One JSON object a line. */
        NDJSON
    }

    /**
     * Receives a file and submits the job that imports it. The bytes are durable when this returns. The job's result is {@code {read, stored,
     * duplicates, quarantined, issues}} as in the contract.
     *
     * @param store the id of an existing store
     * @param entity which records
     * @param format how they are written
     * @param gzip whether the bytes are compressed
     * @param mapping canonical column name to the file's own; may be empty
     * @param dryRun whether to check only
     * @param body the bytes; closed by the caller; streamed, never held in memory
     * @param by who imports
     * @return the id of the job
     * @throws IOException when the stream breaks; nothing is kept
     * @throws io.kontor.api.KontorException of kind DATA naming the column, when the header or the mapping cannot be accepted; of kind CAPACITY
     *     when the file is too large
     */
    String submit(String store, Entity entity, Format format, boolean gzip, Map<String, String> mapping, boolean dryRun, InputStream body,
            Starter by)
            throws IOException;
}
