package io.kontor.platform.admin.internal.monitoring;

import io.kontor.platform.admin.internal.shell.Chart;
import java.util.List;

/**
 * How the champion of a plugin stands.
 *
 * @param title the plugin's title
 * @param plugin its id
 * @param subtitle when it was looked at, and at which model
 * @param problems those that are not closed
 * @param lines what was looked at
 * @param timeline the stability index day by day; null without looks
 * @param changed pictures of what has changed
 * @param others pictures of the rest
 * @param form the policy
 * @param mayChange whether the visitor may change it
 * @param mayLook whether the visitor may have it looked at
 */
public record PluginView(String title, String plugin, String subtitle, List<MonitoringView.ProblemLine> problems, List<Line> lines,
        Chart timeline, List<Chart> changed, List<Chart> others, PolicyForm form, boolean mayChange, boolean mayLook) {

    /**
     * One thing that was looked at.
     *
     * @param kind what kind of thing
     * @param what which one
     * @param tone of the state
     * @param state how it is
     * @param detail the figures
     */
    public record Line(String kind, String what, String tone, String state, String detail) {
    }
}
