package io.kontor.api.data;

import io.kontor.api.store.Store;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The records of the one store that a plugin instance works for. The platform registers one service per store, with the property
 * {@code kontor.store}, and binds a plugin's plain {@code @Reference StoreData} to the right one.
 *
 * <p>Safe for use by several threads. Lives as long as the store.
 */
@ProviderType
public interface StoreData {

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
}
