package io.kontor.platform.admin.internal.monitoring;

import java.util.List;

/**
 * How the champions of a store stand.
 *
 * @param problems those that are not closed, the newest first
 * @param closed the latest that are
 * @param plugins what is looked after
 */
public record MonitoringView(List<ProblemLine> problems, List<ProblemLine> closed, List<Watched> plugins) {

    /**
     * A problem in words.
     *
     * @param what what is wrong
     * @param detail the figures
     * @param plugin the plugin's title
     * @param href the plugin's page
     * @param since since when, by which model
     * @param tone of the state
     * @param state whether somebody knows
     * @param note who knows, and what they said; empty when nobody does
     * @param acknowledge where to say so; empty when it is not to be
     */
    public record ProblemLine(String what, String detail, String plugin, String href, String since, String tone, String state, String note,
            String acknowledge) {
    }

    /**
     * A plugin that is looked after.
     *
     * @param title its title
     * @param href its page
     * @param looked when it was looked at last
     * @param tone of the verdict
     * @param verdict in words
     */
    public record Watched(String title, String href, String looked, String tone, String verdict) {
    }
}
