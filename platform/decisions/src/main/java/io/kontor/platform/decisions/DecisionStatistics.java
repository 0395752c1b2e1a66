package io.kontor.platform.decisions;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the guard around the plugins has seen since the server started, and whom it does not ask at the moment; for metrics and pages. A
 * service; safe for use by several threads; answers from memory.
 */
@ProviderType
public interface DecisionStatistics {

    /** How a call ended. */
    enum Outcome {
        /** With an acceptable answer in time. */
        ANSWERED,
        /** The plugin threw, or its answer was not acceptable. */
        FAILED,
        /** The deadline was over. */
        LATE,
        /** Not made: all places were taken by other calls until the deadline. */
        BUSY,
        /** Not made: the plugin failed too often lately. */
        PAUSED,
        /** Not made: all places are taken by calls that do not come back. */
        STUCK,
        /** The plugin has no model to answer with. */
        NOT_READY
    }

    /** Who answered instead. */
    enum Fallback {
        /** The next plugin of the store. */
        OTHER_PLUGIN,
        /** The plugin's own earlier answer to the same question. */
        LAST_ANSWER,
        /** The family's baseline. */
        BASELINE,
        /** Nobody. */
        NOBODY
    }

    /** Whether a plugin is asked. */
    enum State {
        /** It is asked. */
        CLOSED,
        /** A few calls find out whether it has recovered. */
        HALF_OPEN,
        /** It is not asked. */
        OPEN
    }

    /**
     * Calls of one plugin for all stores.
     *
     * @param family the family's name
     * @param plugin the plugin's id
     * @param outcome how they ended
     * @param count how many
     */
    record Calls(String family, String plugin, Outcome outcome, long count) {
    }

    /**
     * Answers that a fallback gave, or should have given.
     *
     * @param family the family's name
     * @param by who answered
     * @param count how many
     */
    record Fallbacks(String family, Fallback by, long count) {
    }

    /**
     * The circuit breaker of one plugin and store.
     *
     * @param family the family's name
     * @param plugin the plugin's id
     * @param version the bundle version it runs on
     * @param store the store's id
     * @param state whether it is asked
     * @param stuck how many of its calls run past their deadline at the moment
     */
    record Circuit(String family, String plugin, String version, String store, State state, int stuck) {
    }

    /**
     * The calls so far.
     *
     * @return one entry for each combination that was seen
     */
    List<Calls> calls();

    /**
     * The fallbacks so far.
     *
     * @return one entry for each combination that was seen
     */
    List<Fallbacks> fallbacks();

    /**
     * The circuit breakers of plugins that were asked within the last hour.
     *
     * @return one entry for each plugin, version and store
     */
    List<Circuit> circuits();
}
