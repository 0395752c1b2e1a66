package io.kontor.platform.data;

import io.kontor.platform.jobs.Starter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Pictures of products of stores. What is uploaded is checked and kept as a small JPEG in the database, so every node has it; nothing is fetched
 * from anywhere. A service; safe for use by several threads.
 */
@ProviderType
public interface ProductPictures {

    /** Type of the job that keeps the pictures of a received archive. */
    String JOB = "pictures";

    /** How large a file of one picture may be, in bytes. */
    int MOST_BYTES = 16 << 20;

    /** How many bytes the pictures of one archive may have together when they are unpacked. */
    long MOST_UNPACKED = 8L << 30;

    /** How many pictures a store may have. */
    int MOST_PICTURES = 100_000;

    /** How many refused files of an archive are named. */
    int MOST_NAMED = 100;

    /**
     * A picture that is kept.
     *
     * @param name unique in its store, with {@code /} between folders
     * @param width of the small picture, in pixels
     * @param height of the small picture, in pixels
     * @param uploadedAt when
     * @param uploadedBy who, as the audit names them
     */
    record KeptPicture(String name, int width, int height, Instant uploadedAt, String uploadedBy) {
    }

    /**
     * A part of a store's pictures.
     *
     * @param store the store's id
     * @param after only names greater than this one; empty for the first
     * @param limit at most so many, 1 to 1,000
     * @return by name
     */
    List<KeptPicture> list(String store, String after, int limit);

    /**
     * How many pictures a store has.
     *
     * @param store the store's id
     * @return 0 or more
     */
    int count(String store);

    /**
     * A picture by its name.
     *
     * @param store the store's id
     * @param name its name
     * @return a JPEG of at most {@value io.kontor.api.data.Picture#LONGEST} pixels a side; empty when there is none
     */
    Optional<byte[]> bytes(String store, String name);

    /**
     * The picture that a product shows, as {@link io.kontor.api.data.Pictures#key} finds it.
     *
     * @param store the store's id
     * @param imageUrl of the product
     * @return a JPEG; empty when there is none
     */
    Optional<byte[]> shown(String store, String imageUrl);

    /**
     * Keeps a picture, in place of one of the same name. Durable when it returns.
     *
     * @param store the id of an existing store
     * @param name letters, digits and other characters, not beginning with a dot, with {@code /} between folders
     * @param body JPEG, PNG, GIF, BMP or WebP; closed by the caller
     * @param by who uploads it
     * @return the picture as kept
     * @throws IOException when the stream breaks; nothing has changed
     * @throws io.kontor.api.KontorException of kind DATA when the name is none or the picture cannot be read, of kind CAPACITY when the file is
     *     too large or the store has too many
     */
    KeptPicture put(String store, String name, InputStream body, String by) throws IOException;

    /**
     * Receives a ZIP archive of pictures and submits the job that keeps them, one after the other, each in place of one of the same name. The
     * bytes are durable when this returns. Those that cannot be read are left out and named; those before a damaged or too large part of the
     * archive, or before the job was cancelled, stay. The job's result is {@code {stored, refused, problems}}: how many pictures are kept now
     * that were in it, how many files were not taken, and the first {@link #MOST_NAMED} of those, each {@code {name, reason}}.
     *
     * @param store the id of an existing store
     * @param archive the bytes; closed by the caller; streamed, never held in memory
     * @param by who uploads it
     * @return the id of the job
     * @throws IOException when the stream breaks; nothing is kept
     * @throws io.kontor.api.KontorException of kind DATA when it is no ZIP archive with files in it; of kind CAPACITY when it is too large
     */
    String submit(String store, InputStream archive, Starter by) throws IOException;

    /**
     * Removes a picture.
     *
     * @param store the store's id
     * @param name its name
     * @return whether there was one
     */
    boolean remove(String store, String name);
}
