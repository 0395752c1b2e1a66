package io.kontor.api.data;

import io.kontor.api.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The records of the one store that a plugin instance works for. The platform registers one service per store, with the property
 * {@code kontor.store}, and binds a plugin's plain {@code @Reference StoreData} to the right one.
 *
 * <p>Safe for use by several threads. Lives as long as the store.
 */
@ProviderType
public interface StoreData {

    /** How many events of the past can be followed. */
    int MOST_FOLLOWED = 100_000;

    /**
     * The store.
     *
     * @return its id, currency, locale and zone as they are now
     */
    Store store();

    /**
     * A frozen view of all records as they are now, for work of the plugin's own. Rows of customers who did not agree to both
     * personalisation and analytics come without their customer. Reads from the database while it is consumed, so it must be closed.
     * Not for the serving path. Trainers get theirs from {@link io.kontor.api.model.Training#data()} and need not call this.
     *
     * @return an open snapshot over all time
     */
    Snapshot snapshot();

    /**
     * One product of the catalogue. Served from memory as a rule; fit for the serving path.
     *
     * @param id the shop's own id
     * @return the product, or empty when the catalogue does not have it
     */
    Optional<Product> product(String id);

    /**
     * The latest interactions of a customer, newest first, events of the last seconds included. Served from memory as a rule; fit for the
     * serving path.
     *
     * @param customer the customer as requests and snapshots name it, which is by a pseudonym; the shop's own id will do as well
     * @param limit at most so many, 1 to 10,000
     * @return newest first; empty for an unknown customer
     */
    List<Interaction> history(String customer, int limit);

    /**
     * Follows what visitors do and buy, whichever server takes it: gives the events of the store, and the lines of its orders that were not
     * older than two days when they came, in the order in which they were accepted, none twice and none left out, those that come later
     * within about a second. What is there already is given before this returns as far as that takes a moment only, the rest behind it. Not
     * for the serving path.
     *
     * <p>Columns of a batch: {@code position} (number: whole, rising, the event's place in the order), and those of
     * {@link Snapshot#interactions}. Events that are no interactions, that the store's rules for cleaning drop, or whose customer did not agree
     * to both personalisation and analytics are passed over. Whom the store has erased since, or who objects, is told within about a second,
     * too, whichever server takes it, and behind all that was given of that customer; what is kept of it in memory must go.
     *
     * <p>One call at a time, on a thread of the platform that only the plugins of the same bundle share. A call that fails ends it, which the
     * log tells; so does the end of the bundle.
     *
     * @param after the position after which to begin, as {@link Snapshot#position()} tells it; 0 for the beginning
     * @param most at most so many events of the past, the latest, 0 to {@value #MOST_FOLLOWED}; what comes faster than it can be taken is cut
     *     in the same way
     * @param batches called with up to 4,096 rows at a time; a batch's arrays are only valid during the call
     * @param forgotten called with a customer who is to be forgotten, as batches name customers; with the empty text when it may be anybody,
     *     after which all is told again from the beginning
     * @return to be closed when the plugin is disabled
     * @throws IllegalArgumentException when {@code most} is out of range
     */
    Following follow(long after, int most, Consumer<ColumnBatch> batches, Consumer<String> forgotten);

    /**
     * The products of the catalogue by when they came into it, the latest first and those of which it is not known last; what was stored a
     * moment ago is there. Served from memory; fit for the serving path.
     *
     * @return all of them, those out of sale included; the very same list until something of the catalogue changes, so that work on it can
     *     be kept
     */
    List<Arrival> arrivals();

    /**
     * Where a customer lives. Served from memory as a rule; fit for the serving path.
     *
     * @param customer the customer as requests and snapshots name it, which is by a pseudonym; the shop's own id will do as well
     * @return {@link Place#UNKNOWN} for somebody unknown
     */
    Place place(String customer);

    /**
     * A file that somebody uploaded for the store, such as a model that was trained elsewhere. Reads from the database; not for the serving
     * path.
     *
     * @param name the file's name
     * @return its bytes, at most 64 MiB; the caller's own
     * @throws io.kontor.api.KontorException of kind CONFIGURATION, naming the file, when the store has none of this name
     */
    byte[] file(String name);

    /**
     * Which pictures of products were uploaded. Served from memory; fit for the serving path.
     *
     * @return those that this server knows of; the very same object until one is added, replaced or removed
     */
    Pictures pictures();

    /**
     * A picture, made smaller where it is larger than {@link Picture#LONGEST}. Reads from the database and decodes; not for the serving path.
     *
     * @param key as {@link Pictures#key} gave it
     * @return the pixels; the caller's own; empty when it was removed meanwhile
     */
    Optional<Picture> picture(String key);
}
