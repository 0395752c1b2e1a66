package io.kontor.platform.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Keys and accounts. A service; safe for use by many threads. Keys are 256 random bits, shown once and stored as a hash. */
@ProviderType
public interface Access {

    /**
     * A key as it can be shown.
     *
     * @param id its id, also the beginning of the key
     * @param name what it is for
     * @param everywhere the role for all stores; null for none
     * @param perStore the role by store id
     * @param createdAt when it was made
     * @param expiresAt when it ends; null for never
     */
    record ApiKey(String id, String name, Role everywhere, Map<String, Role> perStore, Instant createdAt, Instant expiresAt) {
    }

    /**
     * A new key.
     *
     * @param key what can be shown later
     * @param secret the whole key; cannot be shown again
     */
    record NewKey(ApiKey key, String secret) {
    }

    /**
     * Finds out who sends a request.
     *
     * @param authorization the header's value: {@code Bearer KEY}, or {@code Basic} with account and password; null when missing
     * @param address where the request comes from; wrong passwords are counted by it
     * @return who it is, or empty when nobody known
     * @throws io.kontor.api.KontorException of kind CAPACITY when too many wrong passwords were tried lately for the account or from there
     */
    Optional<Principal> authenticate(String authorization, String address);

    /**
     * All keys, the newest first.
     *
     * @return the keys
     */
    List<ApiKey> keys();

    /**
     * Makes a key.
     *
     * @param name what it is for
     * @param everywhere the role for all stores; null for none
     * @param perStore the role by store id
     * @param expiresAt when it ends; null for never
     * @return the key with its secret
     */
    NewKey create(String name, Role everywhere, Map<String, Role> perStore, Instant expiresAt);

    /**
     * Takes a key back; it fails from the next request on.
     *
     * @param id the key's id
     * @return false when there is no such key
     */
    boolean revoke(String id);
}
