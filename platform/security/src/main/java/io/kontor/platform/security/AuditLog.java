package io.kontor.platform.security;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who changed what and when. Entries are only ever added: nothing here changes or removes one. They hold neither personal data nor secrets;
 * who notes an entry sees to that. A service; safe for use by many threads.
 */
@ProviderType
public interface AuditLog {

    /**
     * Something that somebody did, or tried to do.
     *
     * @param time when it was done
     * @param actor the {@link Principal#name name} of the key or account; at most 200 characters are kept
     * @param action what was done, for example the method and the route; at most 200 characters are kept
     * @param store the store's id; null when it concerns no store; at most 63 characters are kept
     * @param subject what it was done to; empty when the action says all; at most 500 characters are kept
     * @param status how it ended, as an HTTP status
     */
    record Entry(Instant time, String actor, String action, String store, String subject, int status) {
    }

    /**
     * An entry in its place.
     *
     * @param id its place; later ones have greater ids
     * @param entry the entry
     */
    record Noted(long id, Entry entry) {
    }

    /**
     * Notes an entry. Returns at once as a rule: entries are written together a moment later, and all of them when the service stops. Waits
     * up to a second when the database lags far behind.
     *
     * @param entry what was done
     */
    void note(Entry entry);

    /**
     * Entries, the latest first. Those noted by this process before the call are among them.
     *
     * @param store only of this store; null for all
     * @param from only of this time or later; null for all
     * @param to only before this time; null for all
     * @param before only with a smaller id (for paging); {@link Long#MAX_VALUE} for the latest
     * @param limit at most so many, 1 to 501
     * @return the entries
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails
     */
    List<Noted> list(String store, Instant from, Instant to, long before, int limit);
}
