package io.kontor.platform.decisions.internal;

import io.kontor.platform.stores.PluginInstance;

/** Sees how calls to plugins that answer requests ended. Called on the request's thread: must return at once and never throw. */
interface CallObserver {

    /**
     * A call that ended.
     *
     * @param instance whom
     * @param asked what
     * @param model the id of the model that was asked; null when it is not known or there is none
     * @param value the answer; null when there was none
     * @param nanos how long it took
     * @param <A> type of the answer
     */
    record Called<A>(PluginInstance instance, Asked<A> asked, String model, A value, long nanos) {
    }

    /**
     * A call ended.
     *
     * @param call how
     * @param <A> type of the answer
     */
    <A> void called(Called<A> call);
}
