package io.kontor.platform.decisions;

import java.util.Optional;

/**
 * A served answer with where it comes from. Immutable.
 *
 * @param requestId unique; names the answer in feedback and log
 * @param servedBy who gave it
 * @param fallback why a fallback answered in one plain sentence; empty when the plugin asked first did
 * @param value the answer
 * @param <T> type of the answer
 */
public record Answer<T>(String requestId, ServedBy servedBy, Optional<String> fallback, T value) {

    /**
     * Who gave an answer.
     *
     * @param plugin the plugin's id
     * @param version the version of its bundle
     * @param model the id of its model; empty when it needs none
     */
    public record ServedBy(String plugin, String version, Optional<String> model) {
    }
}
