package io.kontor.platform.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Models as files: a zip with {@code manifest.json} (where the model comes from, how good it was, the SHA-256 of its artifact) and
 * {@code artifact} (the bytes that the plugin wrote). A service; safe for use by several threads.
 */
@ProviderType
public interface ModelExchange {

    /**
     * Writes a model.
     *
     * @param store the store's id
     * @param id the id of one of its models
     * @param out where to; not closed
     * @throws java.util.NoSuchElementException when there is no such model; nothing is written then
     * @throws io.kontor.api.KontorException of kind INTERNAL when its artifact is missing or was changed; nothing is written then
     * @throws IOException when the writing fails
     */
    void write(String store, String id, OutputStream out) throws IOException;

    /**
     * Reads a model and registers it as the challenger, never as the champion; while a trial runs it gets no alias. Nothing is kept of a file
     * that is refused.
     *
     * @param store the id of an existing store
     * @param in a file that {@link #write} wrote
     * @param by who imports it
     * @return the model as registered
     * @throws io.kontor.api.KontorException of kind DATA, with a plain sentence, when the file is not such a file or is damaged; of kind
     *     CONFIGURATION when its plugin is not enabled for the store or its version does not fit; of kind PLUGIN when the plugin cannot read it
     * @throws IOException when the stream or the disk fails
     */
    ModelVersion read(String store, InputStream in, String by) throws IOException;
}
