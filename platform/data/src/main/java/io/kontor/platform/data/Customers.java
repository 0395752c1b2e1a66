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
     * @return the id of the job; its result counts the erased rows by entity path
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails; nothing was erased then
     */
    String erase(String store, String customer, Starter by);

    /**
     * Everything that the store's records say of a person, and what else is known, for example the decisions about the person.
     *
     * @param store the id of an existing store
     * @param customer the customer's id as in the records, 1 to 200 characters
     * @return entity path, or name of the other data, to the records, each by field name with JSON values; only those that have some, so
     *     empty when the store knows nothing of the customer
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails
     */
    Map<String, List<Map<String, Object>>> export(String store, String customer);
}
