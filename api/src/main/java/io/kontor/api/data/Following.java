package io.kontor.api.data;

import org.osgi.annotation.versioning.ProviderType;

/** What {@link StoreData#follow} gives. Safe for use by several threads. */
@ProviderType
public interface Following extends AutoCloseable {

    /** Ends it without waiting: a call that is under way is the last one. Does nothing the second time. */
    @Override
    void close();
}
