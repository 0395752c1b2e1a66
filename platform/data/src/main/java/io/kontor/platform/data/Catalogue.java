package io.kontor.platform.data;

import io.kontor.api.data.Product;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Looks products up as a person does: by a part of their title. A service; safe for use by several threads. */
@ProviderType
public interface Catalogue {

    /**
     * Products of a store whose title, id, brand or category has a text in it, whatever its case.
     *
     * @param store the store's id
     * @param text what to look for, taken literally; empty for all products
     * @param after only products with a greater id; empty for the first
     * @param limit at most so many, 1 to 500
     * @return products in order of their ids, those out of sale included
     */
    List<Product> search(String store, String text, String after, int limit);
}
