package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.ShadowComparison;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One question to the plugins of a family, as the pipeline must know it. A question of a family extends this class; asking happens inside
 * the guard, once for each plugin that gets its turn.
 *
 * @param <A> type of the answer
 */
abstract class Asked<A> {

    private final String store;
    private final String family;
    private final List<Class<?>> kinds;
    private final Optional<String> named;

    /**
     * A question.
     *
     * @param store the id of an existing store
     * @param family the family's name
     * @param kinds the interfaces of plugins that can answer it
     * @param named the one plugin to ask instead of all; empty for all
     */
    Asked(String store, String family, List<Class<?>> kinds, Optional<String> named) {
        this.store = store;
        this.family = family;
        this.kinds = kinds;
        this.named = named;
    }

    final String store() {
        return store;
    }

    final String family() {
        return family;
    }

    final List<Class<?>> kinds() {
        return kinds;
    }

    final Optional<String> named() {
        return named;
    }

    /**
     * Asks a plugin and checks what it says. Runs inside the guard.
     *
     * @param plugin of one of {@link #kinds()}
     * @param turn gives the model
     * @return an acceptable answer; anything else must be thrown
     */
    abstract A ask(Object plugin, Turn turn);

    /**
     * For whom it is asked: the one who always gets the answers of the same model while a trial lasts. A customer, or what stands for one.
     *
     * @return empty when nobody can be recognised
     */
    Optional<String> unit() {
        return Optional.empty();
    }

    /** Whether plugins are asked in the order of how good their models were when they were judged, and not of when they were enabled. */
    boolean bestFirst() {
        return false;
    }

    /** How many times the usual time it may take. */
    double effort() {
        return 1;
    }

    /** What it is about, for somebody who looks at samples; may be empty. */
    String subject() {
        return "";
    }

    /** The customer when it is about a person; may be empty. */
    String customer() {
        return "";
    }

    /**
     * How far the answers of two models are apart.
     *
     * @param champion the answer that was given
     * @param shadow the answer of the model beside it
     * @return values by measure
     */
    Map<ShadowComparison.Measure, Double> differences(A champion, A shadow) {
        return Map.of();
    }

    /** What makes another question the same one, so that an earlier answer may be given again; empty when none may. */
    Optional<Object> sameAs() {
        return Optional.empty();
    }

    /** What of an earlier answer may still be given; empty when nothing. */
    Optional<A> still(A earlier) {
        return Optional.of(earlier);
    }

    /** How much room an answer takes in memory, in items; 0 when it is not worth keeping. */
    int weight(A answer) {
        return 1;
    }

    /** Whether an answer offers nothing, so that the next plugin is better asked. */
    boolean empty(A answer) {
        return false;
    }

    /**
     * Completes what a plugin said, for example from the baseline.
     *
     * @param said by the plugin
     * @param pipeline asks further plugins
     * @param until when the answer must be there, in {@link System#nanoTime}
     */
    A completed(FamilyPipeline.Said<A> said, FamilyPipeline pipeline, long until) {
        return said.value();
    }
}
