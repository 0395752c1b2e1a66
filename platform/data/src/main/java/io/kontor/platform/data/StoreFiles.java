package io.kontor.platform.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Files of stores that their plugins read, such as models that were trained elsewhere; kept in the database, so every node has them.
 * A service; safe for use by several threads.
 */
@ProviderType
public interface StoreFiles {

    /** How large a file may be, in bytes. */
    int MOST_BYTES = 64 << 20;

    /** How many files a store may have. */
    int MOST_FILES = 100;

    /** What names look like. */
    String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /**
     * A file without its bytes.
     *
     * @param name unique in its store
     * @param size in bytes
     * @param sha256 of the bytes, in hexadecimal digits
     * @param uploadedAt when
     * @param uploadedBy who, as the audit names them
     */
    record StoreFile(String name, long size, String sha256, Instant uploadedAt, String uploadedBy) {
    }

    /**
     * The files of a store.
     *
     * @param store the store's id
     * @return by name
     */
    List<StoreFile> list(String store);

    /**
     * The bytes of a file.
     *
     * @param store the store's id
     * @param name the file's name
     * @return the bytes; empty when there is no such file
     */
    Optional<byte[]> bytes(String store, String name);

    /**
     * Keeps a file, in place of one of the same name. Durable when it returns.
     *
     * @param store the id of an existing store
     * @param name as {@link #NAME} says
     * @param body the bytes; closed by the caller
     * @param by who uploads it
     * @return the file as kept
     * @throws IOException when the stream breaks; nothing has changed
     * @throws io.kontor.api.KontorException of kind DATA when the name is none or the file is empty, of kind CAPACITY when it is too large
     *     or the store has too many
     */
    StoreFile put(String store, String name, InputStream body, String by) throws IOException;

    /**
     * Removes a file.
     *
     * @param store the store's id
     * @param name the file's name
     * @return whether there was one
     */
    boolean remove(String store, String name);
}
