package io.kontor.platform.data;

import io.kontor.platform.jobs.Starter;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a store knows of one person, so that the person can be given a copy of it or be forgotten. A service; safe for use by several threads.
 */
@ProviderType
public interface Customers {

    /** Type of the job that erases a person's records. */
    String ERASE_JOB = "erase-customer";

    /**
     * Submits the job that erases a person's records of every entity of the store, quarantined rows included. A store that knows nothing of
     * the customer has a job too, which erases nothing. Asking again while the job is open gives the same job. Neither the job nor the log
     * shows the customer's id.
     *
     * @param store the id of an existing store
     * @param customer the customer's id as in the records, 1 to 200 characters
     * @param by who wants it
     * @return the id of the job; its result counts the erased rows by entity path, and tells under {@code plugins} of each plugin with a
     *     {@link io.kontor.api.privacy.PersonalDataHandler} whether it has {@code erased} its part or is {@code waiting} to be asked again; the
     *     result is kept up to date until all have
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails; nothing was erased then
     */
    String erase(String store, String customer, Starter by);

    /**
     * Everything that the store's records say of a person, and what else is known, for example the decisions about the person.
     *
     * @param store the id of an existing store
     * @param customer the customer's id as in the records, 1 to 200 characters
     * @return the copy
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails
     */
    Copy export(String store, String customer);

    /**
     * A person's copy.
     *
     * @param records entity path, name of the other data, or id of the plugin that keeps it, to the records, each by field name with JSON
     *     values; only those that have some, so empty when nothing is known of the customer
     * @param missing the plugins whose part could not be had
     */
    record Copy(Map<String, List<Map<String, Object>>> records, List<Missing> missing) {
    }

    /**
     * A part that could not be had.
     *
     * @param plugin the plugin's id
     * @param reason why, in one sentence
     */
    record Missing(String plugin, String reason) {
    }
}
