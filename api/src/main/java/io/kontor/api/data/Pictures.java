package io.kontor.api.data;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Which pictures of products were uploaded for a store, as it was at a moment. Immutable; safe for use by several threads; in memory. */
@ProviderType
public interface Pictures {

    /**
     * The picture that a product shows.
     *
     * @param imageUrl as the shop gave it: the name of an uploaded picture, or an address that ends with one ({@code https://shop/a/b.jpg} shows
     *     {@code a/b.jpg}, or {@code b.jpg} when there is no such); nothing is ever fetched from it; may be empty
     * @return the picture's key for {@link StoreData#picture}, the same as long as its bytes are the same; empty when none was uploaded
     */
    Optional<String> key(String imageUrl);

    /**
     * How many there are.
     *
     * @return 0 or more
     */
    int size();
}
