package io.kontor.platform.admin.internal.plugins;

import io.kontor.api.store.Store;

/**
 * One plugin in one store.
 *
 * @param store the store
 * @param plugin the plugin's id
 * @param title the plugin's title
 * @param look how it does
 * @param reason why it is not active; empty when it is or is off
 * @param mayChange whether the visitor may switch it
 * @param installed whether it can be enabled
 * @param ownSettings whether it has settings that disabling would lose
 * @param fault why the last click did nothing; empty otherwise
 */
public record MatrixCell(Store store, String plugin, String title, Look look, String reason, boolean mayChange, boolean installed,
        boolean ownSettings, String fault) {

    /**
     * The id of its element.
     *
     * @return fit for HTML
     */
    public String id() {
        return "cell-" + store.id() + "-" + plugin;
    }

    /**
     * Whether it is enabled.
     *
     * @return true when a click disables it
     */
    public boolean on() {
        return look != Look.OFF;
    }

    MatrixCell failed(String why) {
        return new MatrixCell(store, plugin, title, look, reason, mayChange, installed, ownSettings, why);
    }
}
