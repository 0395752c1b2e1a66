package io.kontor.platform.admin.internal.models;

import java.util.List;

/**
 * How the models of a plugin come to serve.
 *
 * @param title what the plugin is called
 * @param plugin its id
 * @param serving which models have a part in it
 * @param mayChange whether the visitor may
 * @param previous number of the model that a rollback goes back to; empty for none
 * @param form the policy
 * @param trial how the trial stands; null when none is made
 * @param shadow how the shadow differs; null when there is none
 * @param events what was changed, the newest first
 */
public record ReleaseView(String title, String plugin, List<Serving> serving, boolean mayChange, String previous, ReleasePages.PolicyForm form,
        TrialView trial, ShadowPicture shadow, List<Event> events) {

    /**
     * A model that has a part in serving.
     *
     * @param part which
     * @param model what it is called
     * @param note since when, or what the part is
     * @param href its page
     */
    public record Serving(String part, String model, String note, String href) {
    }

    /**
     * A change.
     *
     * @param time when
     * @param what who got or lost what
     * @param cause what made it
     * @param tone how the cause looks
     * @param by who
     * @param reason why; may be empty
     */
    public record Event(String time, String what, String cause, String tone, String by, String reason) {
    }
}
