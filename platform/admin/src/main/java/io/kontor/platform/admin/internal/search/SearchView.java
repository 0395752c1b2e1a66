package io.kontor.platform.admin.internal.search;

import io.kontor.platform.admin.internal.shell.Chart;
import java.util.List;

/**
 * One search.
 *
 * @param address of its page
 * @param job the address of its job's page
 * @param plugin the plugin's id
 * @param title what the plugin is called
 * @param state where it is, in words
 * @param tone of the state
 * @param message what is being done or why it failed
 * @param progress 0 to 1
 * @param live whether something may change by itself
 * @param figures what stands on top
 * @param verdict the result in one sentence; empty before the end
 * @param good whether the best settings are better than those in use
 * @param outcome metrics on the held-out part; empty before the end
 * @param applied that settings were taken over, in words; empty when none were
 * @param best the number of the best trial; -1 when there is none or it is that of the settings in use
 * @param mayApply whether the visitor may take settings over
 * @param columns the settings that are searched over
 * @param trials the latest first
 * @param charts pictures
 */
public record SearchView(String address, String job, String plugin, String title, String state, String tone, String message, double progress,
        boolean live, List<Figure> figures, String verdict, boolean good, List<Metric> outcome, String applied, int best, boolean mayApply,
        List<String> columns, List<Row> trials, List<Chart> charts) {

    /**
     * A short value.
     *
     * @param label what it is
     * @param value in words
     * @param note what belongs to it
     */
    public record Figure(String label, String value, String note) {
    }

    /**
     * A metric on the held-out part.
     *
     * @param label what it is called
     * @param best of the best settings
     * @param present of those in use
     * @param baseline of the baseline; a dash when there is none
     */
    public record Metric(String label, String best, String present, String baseline) {
    }

    /**
     * A trial.
     *
     * @param number its number
     * @param name its number in words
     * @param values of the settings, in the order of the columns
     * @param share of the training window
     * @param score the metric; a dash when it failed
     * @param took how long
     * @param error why it failed; empty when it did not
     * @param present whether it is that of the settings in use
     * @param applied whether its settings were taken over
     */
    public record Row(int number, String name, List<String> values, String share, String score, String took, String error, boolean present,
            boolean applied) {
    }
}
