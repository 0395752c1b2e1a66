package io.kontor.platform.decisions.internal;

import io.kontor.platform.stores.PluginInstance;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The plugins that are being asked on a thread, one inside the other, when a plugin asks other families or its own through the platform. A
 * plugin is not asked again inside its own answer, and the outermost deadline holds for all. Immutable.
 *
 * @param asked the plugins' ids
 * @param until when the answer must be there, in {@link System#nanoTime}
 */
record CallChain(Set<String> asked, long until) {

    private static final ThreadLocal<CallChain> CURRENT = new ThreadLocal<>();

    /** The chain that this thread is in; null outside of calls. */
    static CallChain current() {
        return CURRENT.get();
    }

    /** The chain with one more call. */
    static CallChain with(PluginInstance instance, long until) {
        CallChain outer = current();
        if (outer == null) {
            return new CallChain(Set.of(instance.plugin()), until);
        }
        Set<String> more = new HashSet<>(outer.asked);
        more.add(instance.plugin());
        return new CallChain(more, until - outer.until < 0 ? until : outer.until);
    }

    /** Runs something inside the chain. */
    <T> T within(Supplier<T> call) {
        CURRENT.set(this);
        try {
            return call.get();
        } finally {
            CURRENT.remove();
        }
    }
}
