package io.kontor.platform.admin.internal.models;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.words.Fact;
import java.util.List;

/**
 * One model.
 *
 * @param title the plugin and the model's number
 * @param row what the list says of it
 * @param metrics all of them beside the rivals'; empty when there was too little data to judge
 * @param cases how many held-out cases judged it, in words
 * @param champion whether it serves
 * @param rival number of the serving model; empty when it is this one or none
 * @param fair whether the champion's column is of the champion's settings on the same cases
 * @param differences how far the model is from its rivals, in words
 * @param slices how good it is on parts of the cases
 * @param charts its curves
 * @param reason why it was promoted or not; empty when not known any more
 * @param limits what to mind
 * @param facts where it comes from
 * @param settings what it was trained with
 * @param file the address of the model as a file; empty for those who may not have it
 * @param actions what the visitor may do
 */
public record ModelView(String title, ModelRow row, List<Metric> metrics, String cases, boolean champion, String rival, boolean fair,
        List<Difference> differences, List<SliceGroup> slices, List<Chart> charts, String reason, List<String> limits, List<Fact> facts,
        List<Fact> settings, String file, List<Action> actions) {

    /**
     * How far a model is from a rival by the main metric.
     *
     * @param text in words, with the interval
     * @param tone good when it is clearly better, bad when it is clearly worse, else empty
     */
    public record Difference(String text, String tone) {
    }

    /**
     * A button.
     *
     * @param label what it says
     * @param href where its form goes
     * @param look its classes
     * @param question asked before; empty for none
     */
    public record Action(String label, String href, String look, String question) {
    }
}
