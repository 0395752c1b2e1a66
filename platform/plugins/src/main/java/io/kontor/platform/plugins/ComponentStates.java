package io.kontor.platform.plugins;

import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * Tells in words how the instance of a plugin does that belongs to one configuration: why it waits, or why it could not be started. Read
 * from what Declarative Services says about its components; nothing is instantiated by asking. A service; safe for use by several threads.
 */
@ProviderType
public interface ComponentStates {

    /** How far an instance has come. */
    enum Phase {
        /** The instance exists. */
        ACTIVE,
        /** All that it needs is there; it is created when it is first asked. */
        SATISFIED,
        /** Something that it needs is missing and may still come. */
        UNSATISFIED,
        /** It was to be created and threw. */
        FAILED,
        /** No active bundle has the plugin in this version, or the configuration has not reached it yet. */
        ABSENT
    }

    /**
     * How one instance does. Immutable.
     *
     * @param phase how far it has come
     * @param reason one plain sentence for the operator, for example {@code Waiting: needs a Forecasts service for this store.}; empty when
     *     ACTIVE or SATISFIED
     */
    record State(Phase phase, String reason) {

        /**
         * Whether the instance can be asked.
         *
         * @return true when ACTIVE or SATISFIED
         */
        public boolean usable() {
            return phase == Phase.ACTIVE || phase == Phase.SATISFIED;
        }
    }

    /**
     * Looks at one instance.
     *
     * @param plugin the plugin's id
     * @param bundle symbolic name of its bundle
     * @param version version of its bundle
     * @param pid the full PID of the factory configuration, for example {@code PID|bundle|version~store}
     * @return how it does, never null
     */
    State state(String plugin, String bundle, Version version, String pid);
}
