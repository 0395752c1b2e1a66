package io.kontor.api.privacy;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a plugin keeps of persons beside the store's records: in files, in tables of its own, in another system. A plugin that keeps such data
 * provides this service too, from the same component; there is one instance for each store that the plugin is enabled for, and it answers
 * for that store alone. The store's records, the log of decisions and the models are the platform's own affair.
 *
 * <p>The platform calls both methods when a person asks, which is seldom, on threads of its own. They may block, for up to 30 seconds; then
 * they are interrupted and count as failed. What a handler throws undoes nothing: the platform and the other plugins have erased theirs. An
 * erasure that failed is tried again, after seconds at first and after hours at last, also after a restart, until it succeeds or the
 * plugin is disabled for the store. An export names the plugins whose part could not be had.
 */
@ConsumerType
public interface PersonalDataHandler {

    /**
     * Erases a person for good. Called again until it returns, so it must be repeatable; also for persons of whom nothing is known.
     *
     * @param person who
     * @return how many things were erased, in the plugin's own count, at least 0
     * @throws Exception when not all could be erased
     */
    long erase(Person person) throws Exception;

    /**
     * All that is known of a person, for the person's copy.
     *
     * @param person who
     * @return each thing by field name with JSON values, the oldest first; empty when nothing is known
     * @throws Exception when it cannot be told at the moment
     */
    List<Map<String, Object>> export(Person person) throws Exception;
}
