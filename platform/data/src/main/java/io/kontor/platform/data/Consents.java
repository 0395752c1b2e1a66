package io.kontor.platform.data;

import io.kontor.api.privacy.Purpose;
import java.time.Instant;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a store's customers have agreed to. What a customer said last, by an event of the type {@code consent} or {@code objection} or through
 * {@link #say}, holds; else what the customer's record says; else the store's default for the customer's country, or for its own where the
 * record names none. A file that still has the old state therefore never brings back a consent that was withdrawn. A service; safe for use
 * by several threads.
 */
@ProviderType
public interface Consents {

    /** The key of the default for all countries that have none of their own. */
    String ELSEWHERE = "";

    /** What an answer rests on. */
    enum Source {
        /** The customer said it. */
        SAID,
        /** The customer's record says it. */
        RECORD,
        /** Nothing is known, so the store's default applies. */
        DEFAULT
    }

    /**
     * How a customer stands to a purpose.
     *
     * @param agreed whether the data may be used for it
     * @param source what that rests on
     * @param since since when; null unless the customer said it
     */
    record Standing(boolean agreed, Source source, Instant since) {
    }

    /**
     * Whether a customer's data may be used for a purpose. From memory as a rule; what this server was told counts at once, what another
     * one was told within a minute.
     *
     * @param store the id of an existing store
     * @param customer the shop's own id
     * @param purpose what for
     * @return whether it may be
     */
    boolean agreed(String store, String customer, Purpose purpose);

    /**
     * How a customer stands to each purpose.
     *
     * @param store the id of an existing store
     * @param customer the shop's own id
     * @return one standing a purpose
     */
    Map<Purpose, Standing> of(String store, String customer);

    /**
     * Notes what a customer says. Durable and in force when this returns.
     *
     * @param store the id of an existing store
     * @param customer the shop's own id, 1 to 200 characters
     * @param said agreement or objection by purpose; what is left out stays
     */
    void say(String store, String customer, Map<Purpose, Boolean> said);

    /**
     * What silence means.
     *
     * @param store the store's id
     * @return by ISO 3166-1 alpha-2 country, and for {@link #ELSEWHERE}, whether customers must opt in; where false they may opt out
     */
    Map<String, Boolean> optIn(String store);

    /**
     * Changes what silence means.
     *
     * @param store the id of an existing store
     * @param optIn all of it, as {@link #optIn(String)} gives it; without {@link #ELSEWHERE} customers may opt out there
     */
    void optIn(String store, Map<String, Boolean> optIn);
}
