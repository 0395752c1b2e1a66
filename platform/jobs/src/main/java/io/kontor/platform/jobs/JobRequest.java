package io.kontor.platform.jobs;

import java.util.Map;
import java.util.Objects;

/**
 * Work to be done. Immutable; stored with the job, so that it can be taken up after a restart.
 *
 * @param type which {@link JobHandler} does it
 * @param store the store's id; null when it concerns no store
 * @param plugin the plugin's id; null when it concerns no plugin
 * @param parameters JSON values for the handler
 * @param exclusive jobs of one key run one after another; null when it may run beside any other
 * @param startedBy who has it done
 */
public record JobRequest(String type, String store, String plugin, Map<String, Object> parameters, String exclusive, Starter startedBy) {

    /** Checks the type. */
    public JobRequest {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(startedBy, "startedBy");
    }

    /**
     * Work that the platform itself has done.
     *
     * @param type which {@link JobHandler} does it
     * @param store the store's id; null when it concerns no store
     * @param plugin the plugin's id; null when it concerns no plugin
     * @param parameters JSON values for the handler
     * @param exclusive jobs of one key run one after another; null when it may run beside any other
     */
    public JobRequest(String type, String store, String plugin, Map<String, Object> parameters, String exclusive) {
        this(type, store, plugin, parameters, exclusive, Starter.SYSTEM);
    }

    /**
     * The same work, done for somebody.
     *
     * @param starter who has it done
     * @return a copy
     */
    public JobRequest by(Starter starter) {
        return new JobRequest(type, store, plugin, parameters, exclusive, starter);
    }
}
