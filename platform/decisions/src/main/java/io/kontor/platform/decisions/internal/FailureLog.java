package io.kontor.platform.decisions.internal;

import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the first failure of a plugin in a minute with its stack and counts the others, so that a sick plugin does not fill the log. */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<String, Quiet> byPlugin = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** Since when nothing is logged, and what was kept back since then. */
    private record Quiet(long since, long unlogged) {
    }

    FailureLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Logs or counts.
     *
     * @param instance who failed
     * @param reason as the end of a sentence that begins with the plugin's name
     * @param failure with the stack
     */
    void failed(PluginInstance instance, String reason, Throwable failure) {
        long now = nanoTime.getAsLong();
        long[] before = {-1};
        byPlugin.compute(instance.plugin(), (plugin, quiet) -> {
            if (quiet != null && now - quiet.since() < QUIET_NANOS) {
                return new Quiet(quiet.since(), quiet.unlogged() + 1);
            }
            before[0] = quiet == null ? 0 : quiet.unlogged();
            return new Quiet(now, 0);
        });
        if (before[0] >= 0) {
            LOG.warn("Plugin {} {} {} for store {}; a fallback answers. Its other failures of the next minute are only counted; {} were since "
                    + "the last such line", instance.plugin(), instance.version(), reason, instance.store(), before[0], failure);
        }
    }
}
