package io.kontor.platform.admin.internal.proposals;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Waterfall;
import java.util.List;

/**
 * One proposal.
 *
 * @param row what the list says of it
 * @param action where decisions go
 * @param details all that it changes
 * @param arithmetic line by line
 * @param trail what each guardrail did, in their order; empty for what passed none
 * @param bounds what else bound it
 * @param explanation what each constraint that bound made of what was wanted; null when none bound or the plugin did not tell
 * @param reasons why
 * @param charts pictures beside it
 * @param noChart why there is no picture; empty when there is one
 * @param history what happened to it
 * @param served who proposed it
 * @param fallback why a fallback proposed it; empty when none did
 * @param decisions what the visitor may decide now: approve, reject, revert
 * @param note what the visitor wrote
 * @param fault what went wrong; empty when nothing
 */
public record ProposalView(ProposalListView.Row row, String action, List<Fact> details, List<Fact> arithmetic, List<Step> trail,
        List<String> bounds, Waterfall explanation, List<String> reasons, List<Chart> charts, String noChart, List<Happened> history,
        String served, String fallback, List<String> decisions, String note, String fault) {

    /**
     * What a guardrail did to a price.
     *
     * @param guardrail its name
     * @param meaning what it is for; empty for guardrails that the platform does not know
     * @param before the price that came in
     * @param after the price that went on
     * @param bound whether it changed the price
     * @param why the plugin's sentence
     */
    public record Step(String guardrail, String meaning, String before, String after, boolean bound, String why) {
    }

    /** Something that happened to a proposal. */
    public record Happened(String time, String what, String note) {
    }
}
