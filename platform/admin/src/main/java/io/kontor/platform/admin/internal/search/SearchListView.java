package io.kontor.platform.admin.internal.search;

import java.util.List;

/**
 * The searches of a plugin.
 *
 * @param plugin the plugin's id
 * @param title what it is called
 * @param form to start one; null when the visitor may not
 * @param lines the latest first
 */
public record SearchListView(String plugin, String title, SearchForm form, List<Line> lines) {

    /**
     * A search.
     *
     * @param href its page
     * @param created when it was asked for
     * @param strategy how the next settings are chosen
     * @param state where it is
     * @param tone of the state
     * @param trials how many of how many
     * @param best the best value of the metric, on the validation part
     * @param present that of the settings in use
     */
    public record Line(String href, String created, String strategy, String state, String tone, String trials, String best, String present) {
    }
}
