package io.kontor.platform.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a store has on offer, as the serving path needs it for each candidate: from memory, in constant time. Follows what this server stores
 * at once; within minutes also what another one has stored. Safe for use by many threads.
 */
@ProviderType
public interface Shelf {

    /**
     * A product of the catalogue. Immutable.
     *
     * @param id the shop's own id
     * @param category path with {@code /}; may be empty
     * @param brand may be empty
     * @param price in the store's currency; NaN when unknown
     * @param active false when the shop took it out of sale
     * @param createdAt when it came into the catalogue, in milliseconds since 1970; 0 when unknown
     * @param attributes text by name, those of up to 255 characters
     */
    record Item(String id, String category, String brand, double price, boolean active, long createdAt, Map<String, String> attributes) {
    }

    /**
     * One product.
     *
     * @param product the shop's own id
     * @return empty when the catalogue does not have it
     */
    Optional<Item> item(String product);

    /**
     * Whether nothing is left of a product by the latest stock record of each location, less what is reserved.
     *
     * @param product the shop's own id
     * @return false also when there are no stock records of it
     */
    boolean soldOut(String product);

    /**
     * The products by how often they were ordered, the most first. Counted in the background from time to time.
     *
     * @return ids, also such as the catalogue does not have; empty until they were counted for the first time
     */
    List<String> popular();

    /**
     * The products of the catalogue by when they came into it, the latest first.
     *
     * @return all of them, those out of sale included; at equal times by id
     */
    List<Item> newest();
}
