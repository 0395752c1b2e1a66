package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.plugins.PluginTask;
import java.util.Map;

/** The jobs that do tasks; of one task and store they run one after another, with those that are started otherwise. */
final class TaskRequests {

    /** Parameter with the id of the task that a plugin brings. */
    static final String TASK = "task";

    private TaskRequests() {
    }

    static JobRequest of(String store, String plugin, PluginTask task) {
        return switch (task.job()) {
            case PluginTask.OWN -> new JobRequest(PluginTask.OWN, store, plugin, Map.of(TASK, task.id()),
                    PluginTask.OWN + "/" + store + "/" + plugin + "/" + task.id());
            case PluginTask.TRAIN -> new JobRequest(PluginTask.TRAIN, store, plugin, Map.of(), PluginTask.TRAIN + "/" + store + "/" + plugin);
            case PluginTask.READ -> new JobRequest(PluginTask.READ, store, plugin, Map.of(), "import:" + store);
            default -> new JobRequest(task.job(), store, plugin, Map.of("plugin", plugin), task.job() + "/" + store);
        };
    }
}
