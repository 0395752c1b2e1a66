package io.kontor.platform.data;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Some of what a store has, chosen by hashes, so that the same records give the same sample. A service; safe for use by several threads. */
@ProviderType
public interface Samples {

    /**
     * Some customers: of the imported ones or, when the store has none, of those who ordered last.
     *
     * @param store the store's id
     * @param limit at most so many, 1 to 10,000
     * @return the shop's own ids, each once
     */
    List<String> customers(String store, int limit);

    /**
     * Some products of the catalogue that are on sale.
     *
     * @param store the store's id
     * @param limit at most so many, 1 to 10,000
     * @return the shop's own ids, each once
     */
    List<String> products(String store, int limit);
}
