package io.kontor.platform.admin.internal.models;

import java.util.List;

/**
 * The models of a store.
 *
 * @param groups by plugin
 */
public record ModelListView(List<Group> groups) {

    /**
     * The models of one plugin.
     *
     * @param title what the plugin is called
     * @param family what its family is called; empty when unknown
     * @param models the newest first
     * @param more how many older ones are not shown
     * @param all the address of the list of all of them
     * @param release the address of the page that tells how they come to serve
     */
    public record Group(String title, String family, List<ModelRow> models, int more, String all, String release) {
    }
}
