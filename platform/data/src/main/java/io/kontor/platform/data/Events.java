package io.kontor.platform.data;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Takes events one request at a time and makes them durable together. A service; safe for use by many threads. */
@ProviderType
public interface Events {

    /**
     * One event that was not taken.
     *
     * @param index its place in the request, from 0
     * @param reason one plain sentence that names the field
     */
    record Rejection(int index, String reason) {
    }

    /**
     * What became of a request's events.
     *
     * @param accepted new events, durable now
     * @param duplicates events that were there already
     * @param rejected events that were not taken; quarantined
     */
    record Receipt(int accepted, int duplicates, List<Rejection> rejected) {
    }

    /**
     * Takes events. When this returns, accepted events are durable: they survive a kill of the process. Requests of several threads share
     * one commit.
     *
     * @param store the id of an existing store
     * @param events each by field name with JSON values; at most 10,000
     * @return what became of them
     * @throws io.kontor.api.KontorException of kind CAPACITY when the queue is full, try again; of kind INTERNAL when the database fails;
     *     in both cases none of them may be counted on
     */
    Receipt accept(String store, List<Map<String, Object>> events);
}
