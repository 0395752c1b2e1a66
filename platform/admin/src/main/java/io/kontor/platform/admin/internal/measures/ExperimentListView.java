package io.kontor.platform.admin.internal.measures;

import java.util.List;

/**
 * The experiments of a store and the form that begins another one.
 *
 * @param lines the experiments
 * @param placements ids of placements to choose from
 * @param strategies plugins to choose from
 * @param form what was typed
 * @param faults what is wrong with it
 */
public record ExperimentListView(List<Line> lines, List<Choice> placements, List<Choice> strategies, Form form, List<String> faults) {

    /**
     * An experiment.
     *
     * @param title what people call it
     * @param href its page
     * @param placement where it is made
     * @param since when it began
     * @param state whether it runs
     * @param verdict what one may conclude
     * @param tone the colour of that
     */
    public record Line(String title, String href, String placement, String since, String state, String verdict, String tone) {
    }

    /**
     * A placement, or a plugin that can be a strategy.
     *
     * @param id the placement or the plugin
     * @param title what people call it
     */
    public record Choice(String id, String title) {
    }

    /**
     * The form.
     *
     * @param title what people call the experiment
     * @param placement the placement
     * @param strategies those of the new variant
     * @param learning how the new variant learns; empty when it does not
     * @param like placements that are tried in the stead of this one
     * @param percent the share of all that is tried
     * @param minDays for how many days it should run at least
     */
    public record Form(String title, String placement, List<String> strategies, String learning, List<String> like, String percent,
            String minDays) {

        /** Nothing typed yet. */
        static final Form EMPTY = new Form("", "", List.of(), "", List.of(), "50", "14");
    }
}
