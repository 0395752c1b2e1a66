package io.kontor.api.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Objects;

/**
 * A CSV file with a header that a source hands over. Compression with gzip and byte order marks are recognised by the first bytes. Immutable.
 *
 * @param name what the operator calls it, at most 1,000 characters; with size and time it tells quickly that a file has not changed
 * @param size its size in bytes
 * @param modified when it was changed last
 * @param charset how text is encoded when no byte order mark says it
 * @param delimiter what stands between fields
 * @param content opens the bytes, several times; closed by the platform
 */
public record SourceFile(String name, long size, Instant modified, Charset charset, char delimiter, Content content) {

    /** Checks that nothing is null. */
    public SourceFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(content, "content");
    }

    /** Opens a file. */
    @FunctionalInterface
    public interface Content {

        /**
         * Opens it from the beginning.
         *
         * @return its bytes
         * @throws IOException when it cannot be opened
         */
        InputStream open() throws IOException;
    }
}
