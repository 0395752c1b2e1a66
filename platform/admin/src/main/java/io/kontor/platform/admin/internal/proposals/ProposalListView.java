package io.kontor.platform.admin.internal.proposals;

import io.kontor.platform.admin.internal.words.Fact;
import java.util.List;

/**
 * What plugins propose.
 *
 * @param family what is looked for; empty for all
 * @param state what is looked for; empty for all
 * @param families that can be chosen, with how many wait
 * @param states that can be chosen
 * @param rows the latest first
 * @param next address of the next page; empty when there is none
 * @param mayDecide whether the visitor may approve and reject
 * @param done what was just decided, in words; empty when nothing
 * @param faults what could not be decided, in words
 * @param plans the plans that can be started
 * @param job the plan that was just started; null when none was
 */
public record ProposalListView(String family, String state, List<Choice> families, List<Choice> states, List<Row> rows, String next,
        boolean mayDecide, String done, List<String> faults, List<Choice> plans, PlanView job) {

    /** A choice of a list. */
    public record Choice(String value, String label) {
    }

    /**
     * One proposal.
     *
     * @param id its id
     * @param href its page
     * @param subject what it is about
     * @param kind what kind it is, in words
     * @param from what it is now; empty where it is nothing
     * @param to what it would be
     * @param share by how much a price changes; empty for what is no price
     * @param impact what it would bring, the most telling first
     * @param reason the first reason
     * @param time when it was proposed
     * @param state in words
     * @param tone how the state looks
     * @param waits whether it waits for a decision
     */
    public record Row(String id, String href, String subject, String kind, String from, String to, String share, List<Fact> impact,
            String reason, String time, String state, String tone, boolean waits) {
    }

    /**
     * A running plan.
     *
     * @param href where its progress is asked for
     * @param progress 0 to 1
     * @param ended whether it has come to its end
     * @param text what it does or did
     * @param tone how the text looks
     */
    public record PlanView(String href, double progress, boolean ended, String text, String tone) {
    }
}
