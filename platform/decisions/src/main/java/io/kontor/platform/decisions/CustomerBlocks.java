package io.kontor.platform.decisions;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Products that customers do not want to be recommended. They are kept under the customer's pseudonym, are part of the customer's copy and go
 * with the customer. A service; safe for use by many threads, and quick to ask: from memory as a rule.
 */
@ProviderType
public interface CustomerBlocks {

    /** How many products one customer may block. */
    int MOST = 1_000;

    /**
     * What a customer does not want to see.
     *
     * @param store the store's id
     * @param customer the shop's own id
     * @return ids of products
     */
    Set<String> of(String store, String customer);

    /**
     * Notes that a customer does not want to see a product. It holds from the next answer on.
     *
     * @param store the id of an existing store
     * @param customer the shop's own id
     * @param product the shop's own id
     * @return false when the customer has blocked {@link #MOST} products already
     */
    boolean block(String store, String customer, String product);

    /**
     * Forgets that a customer does not want to see a product.
     *
     * @param store the store's id
     * @param customer the shop's own id
     * @param product the shop's own id
     * @return whether it was noted
     */
    boolean unblock(String store, String customer, String product);
}
