package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import io.kontor.platform.jobs.Starter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files that somebody has sent to look at before they are imported: their columns are sorted, they are checked, then imported. A file waits an
 * hour from its last use, on the node that received it, and not over a restart; nobody but its owner finds it. A service; safe for use by
 * several threads.
 */
@ProviderType
public interface Uploads {

    /**
     * A file that waits.
     *
     * @param id its id
     * @param fileName as its owner calls it
     * @param format how it is written, as its first bytes tell
     * @param gzip whether it is compressed, as its first bytes tell
     * @param bytes its size
     * @param columns the names of its columns; of a file of JSON objects those of its first rows
     * @param rows its first rows as texts, cut; a missing value is empty
     */
    record Upload(String id, String fileName, Imports.Format format, boolean gzip, long bytes, List<String> columns, List<List<String>> rows) {
    }

    /**
     * How an entity is written in files.
     *
     * @param columns its columns in their usual order
     * @param attributes whether other columns can be kept as {@code attr.NAME}
     */
    record Layout(List<Field> columns, boolean attributes) {
    }

    /**
     * A column of an entity.
     *
     * @param name as in files
     * @param required whether each row must have it
     * @param choices the only values that it takes; empty for any
     */
    record Field(String name, boolean required, Set<String> choices) {
    }

    /**
     * How an entity is written in files.
     *
     * @param entity which records
     * @return its columns
     */
    Layout layout(Entity entity);

    /**
     * Receives a file.
     *
     * @param store the id of an existing store
     * @param owner who sends it
     * @param fileName as the owner calls it
     * @param body the bytes; closed by the caller; streamed, never held in memory
     * @return the file as it waits
     * @throws IOException when the stream breaks; nothing is kept
     * @throws io.kontor.api.KontorException of kind DATA when it is neither CSV nor lines of JSON objects; of kind CAPACITY when it is too large
     */
    Upload receive(String store, String owner, String fileName, InputStream body) throws IOException;

    /**
     * A file that waits.
     *
     * @param store the store that it was sent to
     * @param owner who sent it
     * @param id its id
     * @return the file, or empty when there is none of this owner for this store, or no longer
     */
    Optional<Upload> find(String store, String owner, String id);

    /**
     * Submits the job that checks or imports a file; see {@link Imports#submit}. After a check the file waits on, after an import it is gone.
     *
     * @param store the store that it was sent to
     * @param owner who sent it
     * @param id its id
     * @param entity which records it has
     * @param mapping canonical column name to the file's own; may be empty
     * @param leftOut the file's own names of columns that are not taken
     * @param dryRun whether to check only
     * @param by who imports
     * @return the id of the job
     * @throws IOException when the file cannot be read
     * @throws java.util.NoSuchElementException when {@link #find} finds none
     * @throws io.kontor.api.KontorException of kind DATA naming the column, when the header or the mapping cannot be accepted; the file waits on
     */
    String submit(String store, String owner, String id, Entity entity, Map<String, String> mapping, Set<String> leftOut, boolean dryRun,
            Starter by) throws IOException;
}
