package io.kontor.platform.admin.internal.models;

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
 * @param reason why it was promoted or not; empty when not known any more
 * @param facts where it comes from
 * @param settings what it was trained with
 * @param actions what the visitor may do
 */
public record ModelView(String title, ModelRow row, List<Metric> metrics, String cases, boolean champion, String rival, String reason,
        List<Fact> facts, List<Fact> settings, List<Action> actions) {

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
