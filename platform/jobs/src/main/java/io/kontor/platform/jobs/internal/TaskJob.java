package io.kontor.platform.jobs.internal;

import io.kontor.api.job.JobContext;
import io.kontor.api.job.ScheduledTask;
import io.kontor.api.job.Task;
import io.kontor.platform.jobs.InstanceWork;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Does a task that a plugin brings, with the instance that serves the store. */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + PluginTask.OWN)
public final class TaskJob implements JobHandler {

    private final InstanceWork instances;

    /**
     * The handler.
     *
     * @param active the running instances
     * @param activations tells whether one will come
     */
    @Activate
    public TaskJob(@Reference ActivePlugins active, @Reference Activations activations) {
        instances = new InstanceWork(active, activations);
    }

    TaskJob(ActivePlugins active, Activations activations, Duration patience) {
        instances = new InstanceWork(active, activations, patience);
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws Exception {
        String task = (String) request.parameters().get(TaskRequests.TASK);
        return instances.run(request, new InstanceWork.Part<>(ScheduledTask.class,
                part -> task.equals(part.property(Task.PREFIX_ + "id")), "task " + task), context,
                (service, attempt) -> TaskResult.checked(service.run(attempt)));
    }
}
