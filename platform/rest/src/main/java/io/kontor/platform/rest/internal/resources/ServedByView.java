package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.Answer;

/**
 * Who gave an answer.
 *
 * @param plugin the plugin's id
 * @param version the version of its bundle
 * @param model the id of its model; null when it needs none
 */
public record ServedByView(String plugin, String version, String model) {

    static ServedByView of(Answer.ServedBy by) {
        return new ServedByView(by.plugin(), by.version(), by.model().orElse(null));
    }
}
